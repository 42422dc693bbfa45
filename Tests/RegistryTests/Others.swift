import Dispatch
import JSON
import Registry
import Synchronization

/// Writes without a pause from its beginning until it is ended.
final class Others: Sendable {
  private let isOver = Atomic(false)
  private let group = DispatchGroup()

  init(_ registry: Registry, _ author: Key) {
    let begun = DispatchSemaphore(value: 0)
    DispatchQueue.global().async(group: group) { [self] in
      while !isOver.load(ordering: .relaxed) {
        _ = try? registry.create(
          .credential, .object([.init(name: "title", value: "Posted meanwhile")]), by: author)
        begun.signal()
      }
    }
    begun.wait()
  }

  func end() {
    isOver.store(true, ordering: .relaxed)
    group.wait()
  }
}
