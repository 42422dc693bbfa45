internal import Glibc

/// The signals that a server listens to; made before its first thread, so that every thread blocks them
/// and one that comes early waits for `next` instead of being lost.
struct Signals {
  private let heard: [Int32] = [SIGTERM, SIGINT, SIGHUP]

  init() {
    change(SIG_BLOCK)
    // A log that nobody reads any more must not end the server.
    _ = signal(SIGPIPE, SIG_IGN)
    // Nor must a limit on the size of files: it is a full disk.
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// The next signal, as soon as there is one; nil after that many seconds without one.
  func next(within seconds: Int) -> Int32? {
    var heard = set
    var patience = timespec(tv_sec: seconds, tv_nsec: 0)
    while true {
      let number = unsafe sigtimedwait(&heard, nil, &patience)
      if number > 0 { return number }
      // Anything but its time being up is a signal that isn't heard here.
      if errno == EAGAIN { return nil }
    }
  }

  /// From here on a signal does what it does to any program: it ends this one at once.
  func stopListening() { change(SIG_UNBLOCK) }

  private func change(_ how: Int32) {
    var heard = set
    _ = unsafe pthread_sigmask(how, &heard, nil)
  }

  private var set: sigset_t {
    var set = sigset_t()
    _ = unsafe sigemptyset(&set)
    for number in heard { _ = unsafe sigaddset(&set, number) }
    return set
  }
}
