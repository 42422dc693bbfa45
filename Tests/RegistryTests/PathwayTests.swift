import Foundation
import JSON
import Registry
import Testing
import Wire

@Suite struct PathwayTests {
  private let registry: Registry
  private let admin: Key

  init() throws {
    let folder = try temporaryFolder()
    registry = try Registry(path: folder.appending(path: "registry.db").path)
    try registry.loadOwnData()
    let secret = try registry.createKey(.admin, label: nil, expiresAt: nil).key
    admin = try #require(try registry.key(secret))
    for (slug, hours) in [("a", 5), ("b", 6), ("whole", 600)] {
      try store(
        .credential, #"{"slug": "\#(slug)", "title": "x", "workload": {"hours": \#(hours)}}"#)
    }
    try store(
      .stackingRule,
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b"]}]}"#)
  }

  private func store(_ kind: Writable, _ body: String) throws {
    _ = try registry.create(kind, try JSONValue(parsing: Array(body.utf8)), by: admin)
  }

  private func ask(mostStates: Int) throws -> JSONValue {
    let question = try JSONValue(parsing: Array(#"{"goal": {"credential": "whole"}}"#.utf8))
    return try registry.pathways(question, mostStates: mostStates)
  }

  @Test func `a search that has looked enough has a plan, and says that it isn't proved`() throws {
    let found = try ask(mostStates: 1)
    #expect(found["complete"] == false)
    guard case .array(let plans)? = found["plans"] else { throw Missing() }
    #expect(plans.count == 1)
  }

  @Test func `one that may look on proves its plans`() throws {
    let found = try ask(mostStates: 1000)
    #expect(found["complete"] == true)
    guard case .array(let plans)? = found["plans"] else { throw Missing() }
    #expect(plans.first?["hours_left"]?["max"] == .number(11))
  }

  private struct Missing: Error {}
}
