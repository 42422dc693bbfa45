import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

@Suite("stacking rules that name a draft, in dumps and behind them") struct RuleDumpTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  /// The registry's rules once `before` has been done, a dump made, and then `after`: by what everyone is told since the
  /// dump, and by its own list.
  private func rules(
    _ before: [(path: String, body: String)], _ after: [(path: String, body: String)]
  ) throws -> (told: [JSON], listed: [JSON]) {
    let (_, fields) = try api.provider()
    for name in ["a", "b", "c"] {
      try api.write(.post, "/v1/credentials", #"{"title": "\#(name)", "slug": "\#(name)"}"#, fields)
    }
    for rule in [
      #"{"slug": "r", "kind": "accumulates_to", "target": "a", "groups": [{"components": ["b", "c"]}]}"#,
      #"{"slug": "s", "kind": "accumulates_to", "target": "b", "groups": [{"components": ["c"]}]}"#,
    ] {
      try api.write(.post, "/v1/stacking-rules", rule, fields)
    }
    for (path, body) in before { try api.write(.patch, "/v1/\(path)", body, fields) }
    let dump = try api.dump()
    let lines = try api.inflated("stacking-rules.ndjson.gz", of: dump)
    var told: [String: JSON] = [:]
    for rule in String(decoding: lines, as: UTF8.self).split(separator: "\n") {
      let rule = try JSONDecoder().decode(JSON.self, from: Data(rule.utf8))
      told[rule["slug"]?.string ?? ""] = rule
    }
    for (path, body) in after {
      let written = try api.write(.patch, "/v1/\(path)", body, fields)
      #expect(try api.respond(.get, "/v1/\(path)", fields).text == written.text)
    }
    let changes = try api.get("/v1/changes?since=\(dump.sequence)&noun=stacking_rule&limit=1000")
    for change in changes.json["items"]?.items ?? [] {
      let slug = change["slug"]?.string ?? ""
      // What one doesn't have can't be changed.
      var members = change["before"] == .null ? [:] : told[slug]?.members
      members?.merge(change["after"]?.members ?? [:]) { $1 }
      told[slug] = members.map { .object($0) }
    }
    let stated = { (rule: JSON) in
      JSON.object(
        rule.members.filter {
          $1 != .null && !["id", "version", "created_at", "updated_at"].contains($0)
        })
    }
    return (
      told.sorted { $0.key < $1.key }.map { stated($0.value) },
      try api.get("/v1/stacking-rules").json["items"]?.items.map(stated) ?? []
    )
  }

  private static let draft = #"{"status": "draft"}"#
  private static let published = #"{"status": "published"}"#

  @Test(arguments: [
    // The draft is published, or the rule names another instead; meanwhile it was changed.
    (
      [("credentials/b", draft)],
      [("stacking-rules/r", #"{"note": "n"}"#), ("credentials/b", published)]
    ),
    (
      [("credentials/b", draft), ("credentials/c", draft)],
      [("credentials/b", published), ("credentials/c", published)]
    ),
    (
      [("credentials/c", draft)],
      [
        ("stacking-rules/r", #"{"groups": [{"components": ["b"]}]}"#),
        ("credentials/c", published),
      ]
    ),
    ([], [("credentials/b", draft), ("credentials/b", published)]),
  ])
  func
    `who follows the changes since a dump has the rules that it left out once they name no draft`(
      before: [(String, String)], after: [(String, String)]
    ) throws
  {
    let (told, listed) = try rules(before, after)
    #expect(listed.count == 2)
    #expect(told == listed)
  }
}
