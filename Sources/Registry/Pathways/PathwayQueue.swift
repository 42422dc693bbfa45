/// States by their bound, and of equal ones in the order in which they came: a binary heap.
struct PathwayQueue {
  private var heap: [(state: PathwayState, number: Int)] = []
  private var count = 0

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    if heap[left].state.isBefore(heap[right].state) { return true }
    if heap[right].state.isBefore(heap[left].state) { return false }
    return heap[left].number < heap[right].number
  }

  mutating func insert(_ state: PathwayState) {
    heap.append((state, count))
    count += 1
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> PathwayState? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.state }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && isBefore(child, least) {
        least = child
      }
      if least == parent { return first.state }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
