import JSON
import Registry
import Testing

extension Registry {
  /// Gives it the reference data and two providers, `old-school` and `new-school`; says who made them.
  func makeSchools() throws -> Key {
    try loadOwnData()
    let admin = try #require(try key(try createKey(.admin, label: nil, expiresAt: nil).key))
    for name in ["Old school", "New school"] {
      _ = try create(.provider, .object([.init(name: "name", value: .string(name))]), by: admin)
    }
    return admin
  }
}
