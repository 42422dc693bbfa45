internal import JSON
internal import SQLite

/// A noun that is written through the API, and the rules that are its own.
public final class Writable: Sendable {
  public let noun: Noun
  /// Refuses who may not write what the draft says, or what stood there before.
  let authorise: @Sendable (inout Draft, borrowing Connection) throws(RegistryError) -> Void
  /// Fills in what the writer left to the registry, and refuses what breaks a rule between members.
  let complete: @Sendable (inout Draft, borrowing Connection) throws(RegistryError) -> Void
  /// The language map that a slug is made from.
  let name: @Sendable (Document) -> JSONValue?
  /// Finds the slug of the item, another than ?3, that has the external id ?1 among those of the provider ?2;
  /// nil where there are no external ids.
  let twins: SQL?
  /// Columns beside the members and the registry's own.
  let derived: [Derived]
  /// Those of them that follow what is written of an item that is there.
  let following: [Derived]
  /// Has what refers to an item by its slug refer to another; nil where two are never made one.
  let redirect: (@Sendable (Redirection, borrowing Connection) throws(RegistryError) -> Void)?
  /// Where its words are; they follow every commit by themselves.
  let words: SearchIndex?
  /// The rows beside its own.
  let side: SideRows?
  /// The places of the members that a `Prepared` item has the values of: all that are written, but the slug.
  let columns: [Int]
  /// Where what an answer shows of a new item is, in the order of the noun's members.
  let shown: [NewItem.Place]
  /// Stores a new row, unless one has its slug, id or external id: the values of a `Prepared` one, its id last,
  /// then its slug and twice the time.
  let creation: SQL
  /// The same of all rows that are lent, whose own values are their slugs; ?1 is the time.
  ///
  /// Where one breaks a rule of the schema, which checked items don't, those before it stay, for the transaction to undo.
  let creations: SQL
  /// Answers a slug that is taken.
  let slugs: Lookup
  /// True where a new item is checked by nothing that others of its kind change: so it may be before its turn.
  public let isPreparedAhead: Bool

  init(
    noun: Noun,
    authorise:
      @escaping @Sendable (inout Draft, borrowing Connection) throws(RegistryError) -> Void,
    complete:
      @escaping @Sendable (inout Draft, borrowing Connection) throws(RegistryError) -> Void,
    name: @escaping @Sendable (Document) -> JSONValue?, twins: SQL?,
    derived: [Derived],
    redirect: (@Sendable (Redirection, borrowing Connection) throws(RegistryError) -> Void)?,
    words: SearchIndex?, side: SideRows?, isPreparedAhead: Bool
  ) {
    self.noun = noun
    self.authorise = authorise
    self.complete = complete
    self.name = name
    self.twins = twins
    self.derived = derived
    following = derived.filter { !$0.isFromTheStart }
    self.redirect = redirect
    self.words = words
    self.side = side
    self.isPreparedAhead = isPreparedAhead
    columns = noun.written.filter { noun.fields[$0].name != "slug" }
    let packed =
      columns.map { noun.fields[$0].column }
      + derived.map(\.column) + ["id"]
    shown = noun.members.map { NewItem.Place(of: $0, packed) }
    let row: SQL =
      "INTO" + noun.table + "(" + packed.joined(",") + ", slug, created_at, updated_at, version)"
    creation =
      "INSERT" + row + "VALUES (" + .placeholders(packed.count + 3) + ", 1) ON CONFLICT DO NOTHING"
    // What may undo all rows of a statement has SQLite copy each page that they change. Without WHERE, it takes ON
    // for a join's.
    creations =
      "INSERT OR FAIL" + row + "SELECT" + .lent(packed.count)
      + ", own, ?1, ?1, 1 FROM lent WHERE true ON CONFLICT DO NOTHING"
    slugs = Lookup("SELECT slug FROM" + noun.table + "WHERE slug = ?1 AND ?2 = ''")
  }
}

/// A column that the registry fills from what an item says.
struct Derived: Sendable {
  /// What it has, in words.
  let name: String
  let column: SQL
  /// True of what is said when the item is made, and stays whatever is written of it.
  var isFromTheStart = false
  let value: @Sendable (Document) -> Value

  static let activeFromTheStart = [
    Derived(name: "status", column: "status", isFromTheStart: true) { _ in "active" }
  ]
}
