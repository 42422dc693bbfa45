internal import Dispatch
public import HTTP

/// An HTTP/1.1 server: an event loop per core, each with its own listener on the one port.
public final class Server: Sendable {
  /// The port it listens on, also where it was left to the kernel.
  public let port: UInt16
  private let tls: TLS?
  private let mailboxes: [Mailbox]
  private let counters: [Counters]
  private let running = DispatchGroup()

  /// Listens and begins to answer, over TLS where there are files for it; `service` is asked once for each loop and each worker.
  public init(
    on address: ListenAddress, tls files: TLSFiles? = nil, limits: Limits = Limits(), loops: Int,
    workers: Int,
    service: @escaping @Sendable () -> Service
  ) throws(ServerError) {
    let tls: TLS? = if let files { try TLS(files) } else { nil }
    self.tls = tls
    // A port that another program shares can be listened on, too, where both ask for sharing; only a
    // listener that doesn't ask finds out.
    if address.port != 0 { _ = try Listener(address, isShared: false) }
    let first = try Listener(address, isShared: true)
    port = first.port
    let shared = ListenAddress(host: address.host, port: port)
    let pool = Workers(most: workers, make: service)
    let share = max(1, limits.connections / loops)
    let crowd = Crowd(most: limits.connectionsPerAddress)
    var mailboxes: [Mailbox] = []
    var made: [EventLoop] = []
    var listener: Listener? = consume first
    for _ in 0..<loops {
      let own =
        if let taken = listener.take() { taken } else { try Listener(shared, isShared: true) }
      let mailbox = try Mailbox()
      mailboxes.append(mailbox)
      made.append(
        try EventLoop(own, tls, limits, connections: share, service(), pool, mailbox, crowd))
    }
    for loop in made { loop.everyone = mailboxes }
    self.mailboxes = mailboxes
    counters = made.map(\.counters)
    for (number, loop) in made.enumerated() {
      let confined = Confined(loop)
      DispatchQueue(label: "cairn.loop.\(number)", qos: .userInitiated).async(group: running) {
        confined.loop.run()
      }
    }
  }

  /// What it has carried so far.
  public var traffic: Traffic {
    var traffic = Traffic()
    for share in counters { share.add(to: &traffic) }
    return traffic
  }

  /// Reads the TLS files again for the connections to come; where they are no good, throws, and goes on
  /// with what there was.
  public func reloadTLS() throws(ServerError) { try tls?.reload() }

  /// Takes no new connections, and returns once what is in flight is answered or its time is up.
  public func stop() {
    for mailbox in mailboxes { mailbox.put(.stop) }
    running.wait()
  }
}

// The loop is made on one thread and used on another, never on both at once: the queue takes it over.
private struct Confined: @unchecked Sendable {
  let loop: EventLoop
  init(_ loop: EventLoop) { self.loop = loop }
}
