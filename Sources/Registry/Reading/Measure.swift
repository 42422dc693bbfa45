/// A figure about a group of items.
public struct Measure: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case count
    /// How many items say it at all.
    case stated
    /// Their share of the group, from 0 to 1.
    case share
    /// How many values of it the group's items have.
    case distinct
    /// Of the items that state a number; a range counts with its middle.
    case sum
    case average = "avg"
    case minimum = "min"
    case maximum = "max"
    case median

    var isOfNumbers: Bool {
      switch self {
      case .count, .stated, .share, .distinct: false
      case .sum, .average, .minimum, .maximum, .median: true
      }
    }
  }

  public let kind: Kind
  /// What the figure is called in a question and in an answer: `count`, `workload_hours.avg`.
  public let name: String
  /// What it is of; nil for `count`.
  let member: Member?

  enum Member: Sendable, Equatable {
    /// The parameter of a member that filters by codes or numbers.
    case coded(String)
    /// The name of another member.
    case other(String)
  }

  public static let count = Measure(kind: .count, name: "count", member: nil)

  /// Every measure of `noun`'s items.
  public static func all(of noun: Noun) -> [Measure] {
    [.count] + noun.fields.flatMap { of($0) }
  }

  private static func of(_ field: Field) -> [Measure] {
    let coded = Member.coded(field.parameter)
    func measures(_ kinds: [Kind], _ name: String, _ member: Member) -> [Measure] {
      kinds.map { Measure(kind: $0, name: "\(name).\($0.rawValue)", member: member) }
    }
    switch field.filter {
    case .domain, .flag, .integer, .term:
      return measures([.stated, .share, .distinct], field.parameter, coded)
    case .range:
      // A workload may be stated in days, and its hours not.
      return measures(
        [.sum, .average, .minimum, .maximum, .median, .stated, .share], field.parameter, coded)
        + measures([.stated, .share], field.name, .other(field.name))
    case .stated, .text: return measures([.stated, .share], field.name, .other(field.name))
    case .instant, .words: return []
    }
  }
}
