internal import CSQLite
internal import Glibc

/// What SQLite answered when it didn't answer OK.
public struct SQLiteError: Error, Equatable, Sendable {
  /// The extended result code.
  public let code: Code
  public let message: String

  /// An SQLite result code; the primary codes match their extended ones in a `switch`.
  public struct Code: Equatable, Sendable {
    let rawValue: Int32
    public static let busy = Code(rawValue: SQLITE_BUSY)
    public static let readOnly = Code(rawValue: SQLITE_READONLY)
    public static let inputOutput = Code(rawValue: SQLITE_IOERR)
    public static let corrupt = Code(rawValue: SQLITE_CORRUPT)
    public static let full = Code(rawValue: SQLITE_FULL)
    public static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    public static let notADatabase = Code(rawValue: SQLITE_NOTADB)
    public static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    public static let primaryKey = Code(rawValue: SQLITE_CONSTRAINT | 6 << 8)
    public static let unique = Code(rawValue: SQLITE_CONSTRAINT | 8 << 8)
    public static let foreignKey = Code(rawValue: SQLITE_CONSTRAINT | 3 << 8)

    public static func ~= (pattern: Code, code: Code) -> Bool {
      code == pattern || code.rawValue & 0xff == pattern.rawValue
    }
  }

  init(_ code: Int32, on connection: OpaquePointer?) {
    let isFull = Code.inputOutput ~= Code(rawValue: code) && isOutOfSpace(connection)
    self.code = isFull ? .full : Code(rawValue: code)
    self.message =
      connection.map { String(cString: sqlite3_errmsg($0)) }
      ?? String(cString: sqlite3_errstr(code))
  }
}

/// SQLite knows a full disk alone for what it is; what quotas and RLIMIT_FSIZE say is as much (write(2)).
private func isOutOfSpace(_ connection: OpaquePointer?) -> Bool {
  guard let connection else { return false }
  // SQLite keeps the system's error of a statement, and of a COMMIT leaves it where the system put it.
  let kept = sqlite3_system_errno(connection)
  return [EDQUOT, EFBIG, ENOSPC].contains(kept == 0 ? errno : kept)
}
