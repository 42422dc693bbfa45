/// A question for a list, in the registry's words.
public struct Query: Sendable {
  public var conditions: [Condition]
  public var order: [Order]
  /// The members to show, in this order.
  public var fields: [Field]
  /// The most items to answer.
  public var limit: Int
  /// Where the page before ended, as the registry said it.
  public var cursor: String?
  /// True to count all items that match, however many pages they fill.
  public var counts: Bool
  /// True to mark in each item the words that were searched for.
  public var highlights = false
  /// The members whose values are counted over all items that match.
  public var facets: [Field]
  /// The most values of each of them, beside those that the conditions name; nil for all.
  public var facetLimit: Int?

  public init(
    conditions: [Condition] = [], order: [Order] = [], fields: [Field], limit: Int = 50,
    cursor: String? = nil, counts: Bool = false, facets: [Field] = []
  ) {
    self.conditions = conditions
    self.order = order
    self.fields = fields
    self.limit = limit
    self.cursor = cursor
    self.counts = counts
    self.facets = facets
  }

  /// The same question for the page that begins at `cursor`.
  public func continued(at cursor: String) -> Query {
    var next = self
    next.cursor = cursor
    next.counts = false
    next.facets = []
    return next
  }

  /// A member has one of these values; or, negated, it is stated and has none of them.
  public struct Condition: Sendable {
    public let field: Field
    public let isNegated: Bool
    public let alternatives: [Alternative]

    public init(_ field: Field, isNegated: Bool = false, _ alternatives: [Alternative]) {
      self.field = field
      self.isNegated = isNegated
      self.alternatives = alternatives
    }
  }

  public enum Alternative: Sendable, Equatable {
    case value(String)
    /// From the first to the second, both included; nil is open.
    case range(String?, String?)
    case notStated
  }

  public struct Order: Sendable {
    public let field: Field
    public let isDescending: Bool

    public init(_ field: Field, isDescending: Bool) {
      self.field = field
      self.isDescending = isDescending
    }
  }
}

/// Who asks, as far as it matters for what they see.
public enum Viewer: Sendable, Hashable {
  case anyone
  case provider(slug: String)
  case admin
}
