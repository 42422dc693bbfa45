internal import Dispatch
public import HTTP

/// An HTTP/1.1 server: an event loop per core, each with a listener of its own on the one address.
public final class Server: Sendable {
  /// The port it listens on, also where it was left to the kernel; 0 where there is none.
  public let port: UInt16
  private let file: SocketFile?
  private let tls: TLS?
  private let mailboxes: [Mailbox]
  private let counters: [Counters]
  private let running = DispatchGroup()

  /// Listens and begins to answer; `service` is asked once for each loop and each worker.
  ///
  /// There are as many workers again for requests whose body is taken as it comes, and one for all bodies that wait
  /// for news.
  ///
  /// With `tls` it speaks HTTPS alone. With `trustsProxy` a request's peer is whom the proxy in front says.
  public init(
    on address: ListenAddress, tls files: TLSFiles? = nil, trustsProxy: Bool = false,
    limits: Limits = Limits(), loops: Int, workers: Int,
    service: @escaping @Sendable () -> Service
  ) throws(ServerError) {
    let tls: TLS? = if let files { try TLS(files) } else { nil }
    self.tls = tls
    var next: Listener? = try .first(address)
    port = next?.port ?? 0
    file = if case .unix(let path) = address { try SocketFile(path) } else { nil }
    let pool = Workers(most: workers, make: service)
    let intake = Workers(most: workers, make: service)
    let herald = Workers(most: 1, make: service)
    let share = max(1, limits.connections / loops)
    // All connections of a proxy come from one address.
    let crowd = Crowd(most: trustsProxy ? .max : limits.connectionsPerAddress)
    var mailboxes: [Mailbox] = []
    var made: [EventLoop] = []
    while let own = next.take() {
      if made.count + 1 < loops { next = try own.another() }
      let mailbox = try Mailbox()
      mailboxes.append(mailbox)
      made.append(
        try EventLoop(
          own, tls, trustsProxy: trustsProxy, limits, connections: share, service(), pool,
          intake: intake, herald: herald, mailbox, crowd))
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

  /// When the certificate that it shows ends, in seconds since 1970; nil without one.
  public var certificateEnd: Int? { tls?.end }

  /// Takes no new connections, and returns once what is in flight is answered or its time is up.
  public func stop() {
    for mailbox in mailboxes { mailbox.put(.stop) }
    running.wait()
    file?.remove()
  }
}

// The loop is made on one thread and used on another, never on both at once: the queue takes it over.
private struct Confined: @unchecked Sendable {
  let loop: EventLoop
  init(_ loop: EventLoop) { self.loop = loop }
}
