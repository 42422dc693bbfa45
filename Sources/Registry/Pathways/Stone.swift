internal import JSON
internal import SQLite

/// A credential, as far as a plan needs to know it.
struct Stone {
  let slug: String
  let kind: String
  let title: JSONValue
  let hours: ClosedRange<Double>?
  let system: String?
  let points: Double?
  let price: (amount: Double, currency: String)?
  /// Nil where it isn't stated, as below.
  let participation: Set<String>?
  let languages: Set<String>?
  let fields: Set<String>
  let sector: String?
  /// True where it can be taken: it is published, and not withdrawn.
  let isOffered: Bool

  /// Reads the columns that `columns` names.
  init(_ row: borrowing Row) {
    slug = row.text(0)
    kind = row.text(1)
    title = row.json(2)
    let (least, most) = (row.real(3), row.real(4))
    hours = row.isNull(3) || least > most ? nil : least...most
    system = row.optionalText(5)
    points = row.isNull(6) ? nil : row.real(6)
    price = row.optionalText(8).map { (row.real(7), $0) }
    participation = texts(row.json(9))
    languages = texts(row.json(10))
    fields = texts(row.json(11)) ?? []
    sector = row.optionalText(12)
    isOffered = row.text(13) == "published"
  }

  static let columns: SQL = """
    slug, kind, title, hours_min, hours_max, credit_system, credit_points, price ->> '$.amount',
    price ->> '$.currency', participation, languages, isced_f, sector, status
    """

  /// True where someone who has `other` has learnt something of this field: a narrow ISCED-F field (three
  /// digits) in common, or the sector.
  func isAkin(to other: Stone) -> Bool {
    let narrow = Set(fields.map { $0.prefix(3) })
    if other.fields.contains(where: { narrow.contains($0.prefix(3)) }) { return true }
    return sector != nil && sector == other.sector
  }
}

/// The strings of a list; nil where there is none.
private func texts(_ list: JSONValue) -> Set<String>? {
  guard case .array(let items) = list else { return nil }
  return Set(items.compactMap { if case .string(let text) = $0 { text } else { nil } })
}

/// A stacking rule, its components as places in a graph.
struct Rule {
  let number: Int64
  let slug: String
  let kind: String
  let target: Int
  let groups: [Group]
  let isOrdered: Bool
  let mostMonths: Int?
  let overlaps: [(Int, Int, credits: Double)]
  let exemptHours: Double?
  let exemptCredits: Double?
  let jurisdiction: String?
  let legalBasis: String?
  let source: JSONValue
  /// The components that more than one group names.
  let shared: Set<Int>
  /// How many components its groups name.
  let size: Int

  struct Group {
    let components: [Int]
    let need: Need
  }

  enum Need {
    case count(Int)
    case credits(Double, system: String)
  }
}
