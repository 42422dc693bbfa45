internal import CLinux
internal import Glibc

/// An eventfd: any thread rings it, one loop hears it.
struct WakeUp: ~Copyable, Sendable {
  let descriptor: Int32

  init() throws(ServerError) {
    let descriptor = clinux_eventfd()
    guard descriptor >= 0 else { throw ServerError("eventfd", errno) }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func ring() { _ = eventfd_write(descriptor, 1) }

  func silence() {
    var count: eventfd_t = 0
    _ = eventfd_read(descriptor, &count)
  }
}
