internal import SQLite

/// Why the registry wouldn't do what it was asked.
public enum RegistryError: Error, Equatable, Sendable {
  /// There is no such item, or none that the asker may see.
  case unknown(resource: String, id: String, nearest: String?)
  /// The item is one with another, which stands for both.
  case merged(resource: String, id: String, into: String)
  /// The question can't be understood; each violation names its parameter.
  case badQuery([Violation])
  /// What was to be stored breaks rules; each violation points to its member.
  case invalid([Violation])
  case conflict(String)
  /// The item isn't at the version the writer saw.
  case stale(version: Int64)
  /// The same idempotency key came with another body.
  case otherRequest
  case forbidden(String)
  /// So many rows are more than the key may import now; it may after so many seconds, or never as one import.
  case tooManyRows(Int, ImportQuota.Standing, retryAfter: Int?)
  /// The key has as many imports at once as it may.
  case tooManyImports(most: Int)
  /// The disk is full: nothing was stored.
  case full
  /// The database file can't be written.
  case readOnly
  /// A page of the file isn't what was written: nothing is written any more.
  case damaged
  /// The file isn't a registry, or not one this program can open; a sentence.
  case unusable(String)
  case unavailable(String)

  static let moved = RegistryError.unavailable(
    "The database file was moved, replaced or removed: what is written now would be lost. Start the server anew."
  )

  init(_ error: SQLiteError) {
    self =
      switch error.code {
      case .constraint: .conflict(error.message)
      case .full: .full
      case .readOnly: .readOnly
      case .notADatabase:
        .unusable("The file is not an SQLite database, or its first 100 bytes are damaged.")
      case .cannotOpen:
        .unusable(
          "The file can't be opened: no such folder, no permission, or too many open files.")
      case .corrupt: .damaged
      case .busy:
        .unavailable(
          """
          Another program has been writing to the database for more than 5 s, as an atomic import does: try again \
          when it is done.
          """)
      default: .unavailable(error.message)
      }
  }

  init(_ error: MigrationError) {
    self =
      switch error {
      case .newer(let version, let known):
        .unusable(
          """
          The database has schema version \(version), and this cairn knows versions up to \(known): \
          run a newer cairn.
          """)
      case .foreign: .unusable("The file is a database, but not one of Cairn's.")
      case .failed(let migration, let error):
        .unusable("Migration \(migration) failed: \(error.message)")
      case .unavailable(let error): RegistryError(error)
      }
  }
}
