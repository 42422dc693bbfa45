internal import Dispatch
internal import Synchronization

/// Tells event loops that there is news for bodies that wait for it.
///
/// Who rings it pays for one atomic exchange, however many listen and however often he rings: it is heard
/// at most twenty times a second.
public final class Bell: Sendable {
  private let isRinging = Atomic(false)
  private let heard = Atomic(0)
  private let listeners = Mutex<[@Sendable () -> Void]>([])
  private let queue = DispatchQueue(label: "cairn.bell")
  private let pace: DispatchTimeInterval = .milliseconds(50)

  public init() {}

  /// Says that there is news.
  public func ring() {
    guard !isRinging.exchange(true, ordering: .sequentiallyConsistent) else { return }
    queue.asyncAfter(deadline: .now() + pace) { [self] in
      // First of all: whoever rings from here on is heard in the next round.
      isRinging.store(false, ordering: .sequentiallyConsistent)
      heard.add(1, ordering: .sequentiallyConsistent)
      for listener in listeners.withLock({ $0 }) { listener() }
    }
  }

  /// How often it has been heard.
  public var count: Int { heard.load(ordering: .sequentiallyConsistent) }

  /// Has `listener` told of each ring from now on.
  public func listen(_ listener: @escaping @Sendable () -> Void) {
    listeners.withLock { $0.append(listener) }
  }
}
