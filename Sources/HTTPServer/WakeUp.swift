internal import Glibc

/// An eventfd: any thread rings it, one loop hears it.
struct WakeUp: ~Copyable, Sendable {
  let descriptor: Int32

  init() throws(ServerError) {
    descriptor = eventfd(0, Int32(EFD_NONBLOCK.rawValue | EFD_CLOEXEC.rawValue))
    guard descriptor >= 0 else { throw ServerError("eventfd", errno) }
  }

  deinit { close(descriptor) }

  func ring() { _ = eventfd_write(descriptor, 1) }

  func silence() {
    var count: eventfd_t = 0
    _ = eventfd_read(descriptor, &count)
  }
}
