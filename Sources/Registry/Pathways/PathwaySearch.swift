internal import JSON
internal import SQLite

/// Looks for the best ways to a goal, the best first (A*, Hart, Nilsson and Raphael 1968).
///
/// A state is what has been obtained, and what is still open. The bound of a state is never more than the
/// best plan beyond it costs, so plans come out in their order, and the first is optimal. Where the graph is too
/// large for that, the search stops after `mostStates`, or sooner where rules are very large, and says so.
struct PathwaySearch {
  let question: PathwayQuestion
  let graph: PathwayGraph
  let recognition: Recognition
  /// The places of what is held.
  let held: [Int: CivilDate?]
  let today: CivilDate
  let mostStates: Int
  /// What would lead on, if someone said so.
  var off: [PathwayOff] = []
  private(set) var isComplete = true
  private(set) var looked = 0
  /// Components that were compared to find bounds.
  private var work = 0
  /// True where a country's RPL may let in where rules guard.
  let mayRecognise: Bool

  init(
    _ question: PathwayQuestion, _ graph: PathwayGraph, _ recognition: Recognition,
    held: [Int: CivilDate?], today: CivilDate, mostStates: Int
  ) {
    self.question = question
    self.graph = graph
    self.recognition = recognition
    self.held = held
    self.today = today
    self.mostStates = mostStates
    mayRecognise =
      !held.isEmpty && (recognition.isStated("access_to_programme") ?? question.isSpeculative)
  }

  /// The best plans to any of the goals, the best first.
  mutating func plans(
    to goals: [Int], in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    let bounds = try PathwayBounds(to: goals, self, most: mostStones, in: database)
    isComplete = bounds.isWhole
    var queue = PathwayQueue()
    for goal in goals {
      let start = PathwayState(open: [.need(goal)], goal: goal)
      if let state = bounded(start, bounds) { queue.insert(state) }
    }
    var found: [PathwayState] = []
    var seen: Set<PathwayState.Position> = []
    var told: Set<PathwayState.Outcome> = []
    while let state = queue.removeFirst() {
      if state.open.isEmpty {
        if told.insert(state.outcome).inserted { found.append(state) }
        if found.count == question.count { return found }
        continue
      }
      guard seen.insert(state.position).inserted else { continue }
      looked += 1
      if looked > mostStates || work > mostStates * workOfState {
        isComplete = false
        // What was begun best is gone to its end without looking aside: a plan, if not the best.
        if found.isEmpty, let plan = try dive(from: state, bounds, in: database) {
          found.append(plan)
        }
        return found
      }
      for next in try followers(of: state, bounds, in: database) { queue.insert(next) }
    }
    return found
  }

  /// The states that one step leads to, with their bounds.
  private mutating func followers(
    of state: PathwayState, _ bounds: PathwayBounds, in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    var followers: [PathwayState] = []
    for next in try next(state, in: database) where work <= 2 * mostStates * workOfState {
      work += next.open.reduce(1) { sum, open in
        guard case .use(let use) = open else { return sum }
        return sum + graph.rules[use.rule].size * (1 + use.count)
      }
      if let next = bounded(next, bounds) { followers.append(next) }
    }
    return followers
  }

  private mutating func dive(
    from state: PathwayState, _ bounds: PathwayBounds, in database: borrowing Connection
  ) throws(SQLiteError) -> PathwayState? {
    var state = state
    for _ in 0..<1000 {
      if state.open.isEmpty { return state }
      var best: PathwayState?
      for next in try followers(of: state, bounds, in: database)
      where best == nil || next.isBefore(best ?? next) { best = next }
      guard let best else { return nil }
      state = best
    }
    return nil
  }
}

/// As much as is read before a search gives up proving that its plans are the best.
private let mostStones = 2000

/// As much work goes into a state, on average, before a search gives up for it; a tenth of it is much.
private let workOfState = 20_000
