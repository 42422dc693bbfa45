internal import Synchronization

/// One value of a member, as columns know it.
enum ColumnValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case integer(Int64)
  /// From the first number to the second; a single number is both.
  case range(Double, Double)

  /// What averages and sums take: a range counts with its middle.
  var middle: Double {
    if case .range(let low, let high) = self { (low + high) / 2 } else { 0 }
  }
}

/// The codes of one column: each stands for all that a row says of a member, a set of values.
///
/// A code's meaning never changes, so every version of the columns shares them; sets that no row has
/// any more stay until the next start.
final class ValueSets: Sendable {
  typealias Code = UInt32
  /// There is no such row.
  static let absent: Code = 0
  static let notStated: Code = 1

  /// The sets as they stood at one moment; a value is its index in `values`.
  struct View {
    fileprivate(set) var values: [ColumnValue] = []
    private var members: [UInt32] = []
    // Where each code's members begin, and after the last code's; the first two have none.
    private var starts: [UInt32] = [0, 0, 0]

    var count: Int { starts.count - 1 }

    /// The values of a set; empty, too, for what isn't there or not stated.
    func members(of code: Int) -> ArraySlice<UInt32> {
      members[Int(starts[code])..<Int(starts[code + 1])]
    }

    fileprivate mutating func append(_ set: [UInt32]) {
      members += set
      starts.append(UInt32(members.count))
    }
  }

  private struct State {
    var view = View()
    var values: [ColumnValue: UInt32] = [:]
    var codes: [[UInt32]: Code] = [:]
  }

  private let state = Mutex(State())

  var view: View { state.withLock { $0.view } }

  /// The code of a set; nil is what isn't stated.
  func code(of values: [ColumnValue]?) -> Code {
    guard let values else { return Self.notStated }
    return state.withLock { state in
      var set: [UInt32] = []
      for value in values {
        let next = UInt32(state.view.values.count)
        let known = state.values[value]
        if known == nil {
          state.values[value] = next
          state.view.values.append(value)
        }
        set.append(known ?? next)
      }
      // A set has no order, and a list may name a value twice.
      if set.count > 1 { set = Set(set).sorted() }
      if let code = state.codes[set] { return code }
      let code = Code(state.view.count)
      state.codes[set] = code
      state.view.append(set)
      return code
    }
  }

  /// The index of a value in every view that has it.
  func index(of value: ColumnValue) -> UInt32? { state.withLock { $0.values[value] } }
}
