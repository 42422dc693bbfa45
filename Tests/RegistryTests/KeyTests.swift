import Foundation
import Registry
import Testing
import Wire

@Suite struct KeyTests {
  @Test func `a key is told once, kept as a digest, and ends when it is revoked`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let registry = try Registry(path: path)
    let (secret, id) = try registry.createKey(.admin, label: "mine", expiresAt: nil)
    #expect(secret.hasPrefix("cairn_") && secret.utf8.count == 49)
    #expect(try registry.key(secret)?.id == id)
    #expect(try registry.key(secret + "x") == nil)
    registry.checkpoint()
    let file = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(file.range(of: Data(secret.utf8)) == nil)
    #expect(file.range(of: Data(secret.dropFirst(6).utf8)) == nil)
    try registry.revokeKey(id)
    #expect(try registry.key(secret) == nil)
    #expect(throws: RegistryError.self) { try registry.revokeKey(id) }
    #expect(try registry.keys().map(\.label) == ["mine"])
  }

  @Test func `a key is for what is there`() throws {
    let registry = try Registry(path: ":memory:")
    #expect(throws: RegistryError.self) {
      try registry.createKey(.provider(slug: "nobody"), label: nil, expiresAt: nil)
    }
  }
}
