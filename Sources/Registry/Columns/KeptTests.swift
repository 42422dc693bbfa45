internal import Synchronization

/// Which rows pass tests that were asked before, a bit each, at one revision: nearly every question asks for
/// what is published, and whoever looks around keeps a filter and adds another.
final class KeptTests: Sendable {
  /// A bit for each row, so 4 MB of a million rows.
  private static let most = 32

  private struct State {
    var rows: [ColumnTest: RowSet] = [:]
    /// Those of `rows`, the oldest first.
    var order: [ColumnTest] = []
  }

  private let state = Mutex(State())

  func rows(_ test: ColumnTest, _ find: () -> RowSet) -> RowSet {
    // What an index of texts found is as many bits as what would be kept.
    guard test.alternatives.allSatisfy({ if case .rows = $0 { false } else { true } }) else {
      return find()
    }
    if let known = state.withLock({ $0.rows[test] }) { return known }
    let found = find()
    state.withLock { state in
      if state.rows.updateValue(found, forKey: test) == nil { state.order.append(test) }
      if state.order.count > Self.most { state.rows[state.order.removeFirst()] = nil }
    }
    return found
  }
}
