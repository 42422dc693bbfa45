import Foundation
import JSON
import Registry
import SQLite
import Testing
import Wire

@Suite struct GroupCommitTests {
  private let path: String
  private let registry: Registry
  private let admin: Key

  init() throws {
    path = try temporaryFolder().appending(path: "registry.db").path
    registry = try Registry(path: path)
    try registry.loadOwnData()
    admin = try #require(
      try registry.key(try registry.createKey(.admin, label: nil, expiresAt: nil).key))
  }

  private func post(_ json: String) -> Result<Written, RegistryError> {
    Result { () throws(RegistryError) in
      guard let body = try? JSONValue(parsing: Array(json.utf8)) else {
        preconditionFailure("The test's own text is JSON.")
      }
      return try registry.create(.credential, body, by: admin)
    }
  }

  /// What another handle finds of a credential.
  private func isThere(_ slug: String, _ reader: Registry) -> Bool {
    (try? reader.item(.credential, slug, nil, for: .admin) { _ in }) != nil
  }

  @Test func `writes that go together are one transaction, which nobody sees a part of`() throws {
    let reader = try registry.handle()
    let before = registry.use.writes
    let results = try registry.together {
      let results = ["One", "Two", "Three"].map { post(#"{"title": "\#($0)"}"#) }
      #expect(!isThere("one", reader))
      return results
    }
    #expect(try results.map { try $0.get().slug } == ["one", "two", "three"])
    for slug in ["one", "two", "three"] { #expect(isThere(slug, reader)) }
    #expect(registry.use.writes == before + 1)
  }

  @Test func `a write that fails takes only itself back, and those after it see those before`()
    throws
  {
    let results = try registry.together {
      [
        post(#"{"title": "One", "slug": "one"}"#), post(#"{"title": "Two", "slug": "one"}"#),
        post(#"{"description": "no title"}"#), post(#"{"title": "One"}"#),
      ]
    }
    #expect(try results[0].get().slug == "one")
    #expect(throws: RegistryError.conflict("The slug one is taken.")) { try results[1].get() }
    #expect(throws: RegistryError.self) { try results[2].get() }
    #expect(try results[3].get().slug == "one-2")
  }

  @Test func `words are those of the rows as the transaction leaves them`() throws {
    func named(_ name: String) -> JSONValue { .object([.init(name: "name", value: .string(name))]) }
    _ = try registry.create(.provider, named("First school"), by: admin)
    try registry.together { () throws(RegistryError) in
      _ = try registry.create(.provider, named("Second school"), by: admin)
      for provider in ["first-school", "second-school"] {
        _ = try post(#"{"title": "Course", "provider": "\#(provider)"}"#).get()
        _ = try registry.patch(
          .provider, provider, named("Renamed \(provider)"), ifAt: { _ in true }, by: admin)
      }
      let written = try post(#"{"title": "Before"}"#).get()
      _ = try registry.patch(
        .credential, written.slug, .object([.init(name: "title", value: "After")]),
        ifAt: { _ in true }, by: admin)
    }
    #expect(try CheckReport(of: path, .items).staleItems == [])
  }

  @Test func `where the first fails, the others are stored all the same`() throws {
    let results = try registry.together {
      [post(#"{"note": "no title"}"#), post(#"{"kind": "none"}"#), post(#"{"title": "Third"}"#)]
    }
    #expect(throws: RegistryError.self) { try results[0].get() }
    #expect(throws: RegistryError.self) { try results[1].get() }
    #expect(try results[2].get().slug == "third")
    #expect(isThere("third", try registry.handle()))
  }

  @Test func `nothing written is no transaction, and later writes are on their own again`() throws {
    let before = registry.use.writes
    try registry.together {}
    #expect(registry.use.writes == before)
    _ = try post(#"{"title": "Alone"}"#).get()
    #expect(isThere("alone", try registry.handle()))
  }

  @Test func `handles that write at once all get their turn`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for name in ["a", "b", "c", "d"] {
        let handle = try registry.handle()
        tasks.addTask {
          for number in 0..<10 {
            let body = JSONValue.object([.init(name: "title", value: .string("\(name) \(number)"))])
            try handle.together { _ = try? handle.create(.credential, body, by: admin) }
          }
        }
      }
      try await tasks.waitForAll()
    }
    for name in ["a", "b", "c", "d"] {
      for number in 0..<10 { #expect(isThere("\(name)-\(number)", registry)) }
    }
  }

  @Test func `whoever waits too long for another program to write is told so`() throws {
    let other = try Connection(path: path)
    try other.run("BEGIN IMMEDIATE")
    // That is SQLite's patience: five seconds.
    let answer = post(#"{"title": "Late"}"#)
    guard case .failure(.unavailable(let cause)) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(cause.contains("Another program"))
    try other.run("ROLLBACK")
    #expect(throws: Never.self) { try post(#"{"title": "Late"}"#).get() }
  }
}
