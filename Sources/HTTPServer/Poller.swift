internal import CLinux
internal import Glibc

/// What happens at a set of file descriptors: Linux' epoll, edge-triggered.
struct Poller: ~Copyable {
  struct Event {
    /// What the descriptor was added with.
    let token: UInt64
    let isReadable: Bool
    let isWritable: Bool
    /// The other side will send nothing more, or is gone.
    let isEnding: Bool
  }

  private let descriptor: Int32
  private var events = [epoll_event](repeating: epoll_event(), count: 256)

  init() throws(ServerError) {
    let descriptor = clinux_epoll()
    guard descriptor >= 0 else { throw ServerError("epoll_create1", errno) }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Tells each change of `other` once from now on, until it is closed; false when the kernel has no room.
  func add(_ other: Int32, _ token: UInt64) -> Bool {
    control(EPOLL_CTL_ADD, other, token, clinux_in | clinux_out | clinux_rdhup | clinux_et)
  }

  /// Tells that `other` is readable for as long as it is, and not every poller it was added to.
  func addLevelTriggered(_ other: Int32, _ token: UInt64) -> Bool {
    control(EPOLL_CTL_ADD, other, token, clinux_in | clinux_exclusive)
  }

  func remove(_ other: Int32) { _ = control(EPOLL_CTL_DEL, other, 0, 0) }

  private func control(
    _ operation: Int32, _ other: Int32, _ token: UInt64, _ flags: UInt32
  ) -> Bool {
    var event = epoll_event()
    event.events = flags
    event.data.u64 = token
    return epoll_ctl(descriptor, operation, other, &event) == 0
  }

  /// Lends each event to `visit`, after at most that many milliseconds.
  mutating func wait(milliseconds: Int32, _ visit: (Event) -> Void) {
    let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
    // Less than zero is EINTR: a signal came, which is nobody's event.
    for index in 0..<max(0, Int(count)) {
      let flags = events[index].events
      func has(_ flag: UInt32) -> Bool { flags & flag != 0 }
      let isEnding = has(clinux_rdhup) || has(clinux_hup) || has(clinux_err)
      visit(
        Event(
          token: events[index].data.u64, isReadable: has(clinux_in) || isEnding,
          isWritable: has(clinux_out), isEnding: isEnding))
    }
  }
}
