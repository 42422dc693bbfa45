internal import Synchronization

/// What a server's sockets have carried since it began.
public struct Traffic: Sendable, Equatable {
  /// Connections taken in, and those of them that are still there.
  public internal(set) var accepted = 0
  public internal(set) var open = 0
  /// Connections closed at once: beyond a limit, or for want of descriptors.
  public internal(set) var shed = 0
  public internal(set) var bytesReceived = 0
  public internal(set) var bytesSent = 0
}

/// One loop's share of the traffic: written by that loop, read by whoever asks.
final class Counters: Sendable {
  private let accepted = Atomic(0)
  private let ended = Atomic(0)
  private let shed = Atomic(0)
  private let received = Atomic(0)
  private let sent = Atomic(0)

  func countAccepted() { accepted.add(1, ordering: .relaxed) }
  func countEnded() { ended.add(1, ordering: .relaxed) }
  func countShed() { shed.add(1, ordering: .relaxed) }
  func countReceived(_ bytes: Int) { received.add(bytes, ordering: .relaxed) }
  func countSent(_ bytes: Int) { sent.add(bytes, ordering: .relaxed) }

  func add(to traffic: inout Traffic) {
    // What has ended is read first: a connection that ends meanwhile counts as open, not as less than none.
    let ended = ended.load(ordering: .relaxed)
    let accepted = accepted.load(ordering: .relaxed)
    traffic.accepted += accepted
    traffic.open += accepted - ended
    traffic.shed += shed.load(ordering: .relaxed)
    traffic.bytesReceived += received.load(ordering: .relaxed)
    traffic.bytesSent += sent.load(ordering: .relaxed)
  }
}
