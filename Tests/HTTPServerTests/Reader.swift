import Dispatch
import Wire

/// Reads one answer on a queue of its own, while the test does something else.
final class Reader: @unchecked Sendable {
  // `size` is written by the queue, and read once the group says that it is done.
  private let wire: Wire
  private let group = DispatchGroup()
  private var size = 0

  init(_ wire: Wire) {
    self.wire = wire
    DispatchQueue(label: "reader").async(group: group) {
      self.size = (try? self.wire.answer().body.count) ?? -1
    }
  }

  /// The bytes of the answer's body, once it is whole; -1 where it never was.
  func count() -> Int {
    group.wait()
    return size
  }
}
