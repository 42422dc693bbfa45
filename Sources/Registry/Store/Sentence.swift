extension RegistryError: CustomStringConvertible {
  /// One line for whoever is at the terminal.
  public var description: String {
    switch self {
    case .unknown(let resource, let id, let nearest):
      "There is no \(resource) \"\(id)\"." + (nearest.map { " Did you mean \($0)?" } ?? "")
    case .merged(let resource, let id, let into):
      "The \(resource) \"\(id)\" is one with \(into)."
    case .badQuery(let violations), .invalid(let violations):
      violations.map(\.detail).joined(separator: " ")
    case .stale(let version): "The item is at version \(version)."
    case .otherRequest: "The idempotency key was used with another request."
    case .full: "The disk is full."
    case .damaged: "The database is damaged: run `cairn check` on it, and restore a backup."
    case .readOnly: "The database can't be written: no permission, or a read-only disk."
    case .tooManyRows(let rows, _, _): "\(rows) rows are more than the key may import now."
    case .tooManyImports(let most): "The key has \(most) imports already that aren't over."
    case .conflict(let text), .forbidden(let text), .unusable(let text), .unavailable(let text):
      text
    }
  }
}
