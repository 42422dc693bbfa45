internal import JSON
internal import SQLite

/// A kind of thing the registry holds, described once.
public final class Noun: Sendable {
  /// What one is called, in a sentence and in the schema.
  public let name: String
  /// What changes call it: "stacking_rule".
  let code: String
  public let fields: [Field]
  let table: SQL
  /// The column that orders rows when nothing else does; unique.
  let key: SQL
  /// True when `key` is a number.
  let keyIsNumber: Bool
  /// Where an item is found by what the world calls it, ?1.
  let find: SQL
  /// Filters that stand unless the question has its own for the same parameter.
  let defaults: [(parameter: String, value: String)]
  /// The member that names the provider whose item it is, where one does.
  let owner: String?
  let visible: Visibility?
  let terms: SQL?
  /// The same noun as its statements had it on a day; nil where its facts aren't dated.
  let dated: (@Sendable (CivilDate) -> Noun)?
  /// The noun with all that `include=all` shows; nil where its members are all there is.
  let whole: (@Sendable () -> Noun)?
  /// What an item has that is counted in the columns of other nouns; nil where its own row says all.
  let counts: Counts?
  /// The members that answers show.
  public var members: [Field] { shown.fields }
  let shown: Members
  /// The members that a list shows when it isn't asked for others.
  public let listed: [Field]
  /// The names of members that are shown to who asks for them, and can't be asked by.
  let onRequest: Set<String>
  /// Where in `fields` a member stands.
  private let places: NameTable
  /// Where in `fields` the members stand that are written.
  let written: [Int]
  /// Finds an item with all its members, made once: it is the question that is asked most.
  private let wholeItem: SQL
  /// The members of the row whose number is ?1, where rows have one.
  let row: SQL
  /// What `include` takes.
  public let relations: [Relation]

  /// What keeps a row from those who may not see it: one value of a member, shown to its owner alone.
  struct Visibility: Sendable {
    /// The same for SQLite; ?: the provider who asks.
    let sql: SQL
    let member: String
    let hidden: String
    let owner: String
  }

  struct Counts: Sendable {
    /// The member whose column is `counted`.
    let member: String
    /// Counts for the item that is called so; nil where the columns of this moment aren't there.
    let count:
      @Sendable (Registry, String, borrowing Connection) throws(RegistryError) -> JSONValue?
  }

  /// The column of what is counted.
  static let counted: SQL = "?2"

  init(
    _ name: String, table: SQL, key: SQL = "code", keyIsNumber: Bool = false,
    find: SQL = "code = ?1", terms: SQL? = nil,
    defaults: [(parameter: String, value: String)] = [], owner: String? = nil,
    visible: Visibility? = nil,
    relations: [Relation] = [], dated: (@Sendable (CivilDate) -> Noun)? = nil,
    whole: (@Sendable () -> Noun)? = nil, counts: Counts? = nil, _ fields: [Field]
  ) {
    self.name = name
    code = name.split(separator: " ").joined(separator: "_")
    self.table = table
    self.key = key
    self.keyIsNumber = keyIsNumber
    self.find = find
    self.terms = terms
    self.defaults = defaults
    self.owner = owner
    self.visible = visible
    self.relations = relations
    self.dated = dated
    self.whole = whole
    self.counts = counts
    self.fields = fields
    places = NameTable(fields.map { $0.kind == .hidden ? "" : $0.name })
    written = fields.indices.filter { fields[$0].shape != nil }
    let onRequest = Set(fields.compactMap(\.shows))
    let members = fields.filter { $0.kind != .hidden && !onRequest.contains($0.name) }
    self.onRequest = onRequest
    shown = Members(members)
    listed = members.filter { !$0.isDetail }
    row = "SELECT" + members.map(\.column).joined(",") + "FROM" + table + "WHERE number = ?1"
    wholeItem = Self.item(members, key, of: table, find, visible?.sql)
  }

  /// The noun with everything, where there is more than its members.
  public var withEverything: Noun? { whole?() }

  /// True where `as_of` may ask for the state of a day.
  public var isDated: Bool { dated != nil }

  /// The noun as it was on a day; itself where days change nothing.
  func asOf(_ day: CivilDate) -> Noun { dated?(day) ?? self }

  /// The member with this name.
  public func field(_ name: String) -> Field? { place(of: name).map { fields[$0] } }

  /// Where in `fields` the member with this name stands.
  func place(of name: String) -> Int? { places.place(of: name) }

  /// The members that a list of these conditions shows when it isn't asked for others.
  public func listed(for conditions: [Query.Condition]) -> [Field] {
    listed + conditions.compactMap(\.field.shows).compactMap(field)
  }

  /// The member that this query parameter filters by.
  public func filter(_ parameter: String) -> Field? {
    fields.first { $0.parameter == parameter && !onRequest.contains($0.name) }
  }

  /// The same, of a parameter that the noun is known to have.
  func filter(known parameter: String) -> Field {
    guard let field = filter(parameter) else {
      preconditionFailure("No \(name) is filtered by \(parameter).")
    }
    return field
  }

  /// What shows only what the viewer may see, and its value; nil where that is every row.
  func visibility(for viewer: Viewer) -> (sql: SQL, owner: Value)? {
    guard let sql = visible?.sql else { return nil }
    return switch viewer {
    case .admin: nil
    case .anyone: (sql, .null)
    case .provider(let slug): (sql, .text(slug))
    }
  }

  /// Finds an item with those members, or all, and its key; seen by everyone, or by whom `visible` says.
  func item(_ members: [Field]?, isSeenByAll: Bool) -> SQL {
    if members == nil, !isSeenByAll { return wholeItem }
    return Self.item(
      members ?? self.members, key, of: table, find, isSeenByAll ? nil : visible?.sql)
  }

  private static func item(
    _ members: [Field], _ key: SQL, of table: SQL, _ find: SQL, _ visible: SQL?
  ) -> SQL {
    let columns = (members.map(\.column) + [key]).joined(",")
    let sql: SQL = "SELECT" + columns + "FROM" + table + "WHERE (" + find + ")"
    return visible.map { sql + "AND (" + $0 + ")" } ?? sql
  }
}
