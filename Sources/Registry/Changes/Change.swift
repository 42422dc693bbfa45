public import JSON
internal import SQLite

/// One write of an item: who, when, what, from what to what.
public struct Change: Sendable, Equatable {
  /// Its place in the order of commits.
  public let sequence: Int64
  public let at: Instant
  public let action: Action
  /// The kind of item: "credential", "stacking_rule".
  public let noun: String
  public let id: String
  public let slug: String
  /// The provider whose item it is; where the asker sees it no more, the one whose it was.
  public let provider: String?
  /// The version that it made.
  public let version: Int64
  /// Nil where whoever runs the registry loaded it.
  public let author: Author?
  /// The members that changed, as they were, null where not stated.
  ///
  /// Nil where there was nothing before, or nothing that the asker may see.
  public let before: JSONValue?
  /// The same members as they became; of an item that wasn't there before, all that it states.
  ///
  /// Nil where the asker sees it no more.
  public let after: JSONValue?

  public enum Action: String, Sendable, CaseIterable {
    case create, replace, patch, withdraw, merge
  }

  public struct Author: Sendable, Equatable {
    /// The key's id, which tells nothing of its secret.
    public let key: String
    public let role: String
  }
}

extension Noun {
  /// The writes of all items; what feeds are filtered by.
  public static let change = Noun(
    "change", table: "change", key: "number", keyIsNumber: true, find: "number = ?1",
    [
      Field("noun", .text, "noun", .domain(.writtenNoun)),
      Field("provider", .text, survivingOwner, .domain(.provider)),
    ])

  /// True where an item can be read as of a moment of the past.
  public var keepsHistory: Bool { Writable.all.contains { $0.noun.name == name } }

  /// Those whose writes are told.
  static let recorded = Writable.all.map(\.noun) + [.statement]
}

/// Of a change's row, the provider whose item it is now: what one did before it was merged is the survivor's.
let survivingOwner: SQL =
  "coalesce((SELECT merged_into FROM provider WHERE slug = change.owner), change.owner)"

/// The change before a change's row, of the same item.
let former: SQL =
  """
  FROM change AS former
  WHERE former.noun = change.noun AND former.item = change.item
    AND former.version = change.version - 1
  """

/// The same of the provider whose item it was before.
let formerOwner: SQL =
  """
  (SELECT coalesce((SELECT merged_into FROM provider WHERE slug = former.owner), former.owner)
  """ + former + ")"

/// What a feed is filtered by, of an item as it was before.
let formerProvider = Field("provider", .text, formerOwner, .domain(.provider))

extension Domain {
  fileprivate static let writtenNoun = Domain(
    name: "noun with changes",
    lookup: """
      SELECT ?1 WHERE ?2 = '' AND ?1 IN ('provider', 'credential', 'stacking_rule', 'statement')
      """,
    codes: """
      SELECT column1 FROM (VALUES ('provider'), ('credential'), ('stacking_rule'), ('statement'))
      WHERE ?2 = ''
      """, list: "", isLasting: false)
}

extension Writable {
  static let all: [Writable] = [.provider, .credential, .stackingRule]
}

/// Members that every write moves, or none: no change tells of them.
let unrecordedMembers: Set = ["id", "version", "created_at", "updated_at"]
