internal import SQLite

/// One member of a noun: what it is called, where it is kept, how it reads, filters, sorts and is written.
///
/// Everything that goes by members (filters, sort keys, `fields`, CSV columns, groups, checks of what
/// is posted) is made from these.
public final class Field: Sendable {
  public let name: String
  /// The query parameter that filters by it; the member's name in the singular.
  public let parameter: String
  public let kind: Kind
  /// True when a list shows it only if `fields` names it.
  public let isDetail: Bool
  let column: SQL
  let filter: Filter
  let sort: SQL?
  let shape: Shape?
  /// The member that a list shows to whoever filters by this; else it is shown only where `fields` names it.
  let shows: String?

  /// How a column's value reads.
  public enum Kind: Sendable, Equatable {
    case text, integer, number, boolean, instant
    /// JSON: any value, a list of strings, a language map.
    case json, list, languageMap
    /// Not a member: it only filters and groups.
    case hidden
  }

  /// How a member filters.
  enum Filter: Sendable {
    /// By `null` and `!null` alone.
    case stated
    case text
    case domain(Domain)
    case flag
    case integer
    /// Overlap of the numbers between two columns with those between two bounds.
    case range(low: SQL, high: SQL)
    case instant
    /// One of several values, kept in the noun's table of terms under this name; ordered values take ranges.
    case term(SQL, Domain, ordered: Bool = false, of: Terms = .strings)
    /// Words in the noun's full-text tables.
    case words(SearchIndex)
  }

  init(
    _ name: String, _ kind: Kind, _ column: SQL, by parameter: String? = nil,
    _ filter: Filter = .stated, sort: SQL? = nil, detail: Bool = false, takes shape: Shape? = nil,
    shows: String? = nil
  ) {
    self.name = name
    self.parameter = parameter ?? name
    self.kind = kind
    self.column = column
    self.filter = filter
    self.sort = sort
    self.isDetail = detail
    self.shape = shape
    self.shows = shows
  }

  /// True when its filter takes words as they are: commas and dots mean nothing in them.
  public var takesWords: Bool { if case .words = filter { true } else { false } }

  /// True when lists may be ordered by it.
  public var isSortable: Bool { sort != nil }
}
