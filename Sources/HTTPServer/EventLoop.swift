internal import Glibc
internal import HTTP

/// One core's connections: accepts, reads, has requests answered and writes, on the one thread that runs it.
final class EventLoop {
  let limits: Limits
  let service: Service
  let workers: Workers
  /// Those of requests whose body is taken as it comes, from which they keep nobody else.
  let intake: Workers
  /// The one of bodies that wait for news: however many follow, they keep nobody else from his answer.
  let herald: Workers
  let mailbox: Mailbox
  /// Those of all loops, this one's among them.
  var everyone: [Mailbox] = []
  let crowd: Crowd
  let counters = Counters()
  let tls: TLS?
  let trustsProxy: Bool
  let most: Int
  var poller: Poller
  var listener: Listener?
  var connections: [Int32: Connection] = [:]
  var generation: UInt64 = 0
  var deadlines: Deadlines
  var now = monotonicMilliseconds()
  var date: (second: Int, text: [UInt8]) = (0, [])
  /// Lent to whichever connection is read or answered.
  var input = [UInt8](repeating: 0, count: 64 << 10)
  var output: [UInt8] = []
  var hasBatch = false
  /// Connections whose bodies wait for news.
  var parked: Set<UInt64> = []
  let parking = Parking()
  var stopsAt: Int64?
  /// When accepting goes on after the descriptors ran out.
  var resumesAt: Int64?

  static let listening: UInt64 = .max
  static let ringing: UInt64 = .max - 1

  init(
    _ listener: consuming Listener, _ tls: TLS?, trustsProxy: Bool, _ limits: Limits,
    connections most: Int, _ service: Service, _ workers: Workers,
    intake: Workers, herald: Workers, _ mailbox: Mailbox, _ crowd: Crowd
  ) throws(ServerError) {
    self.tls = tls
    self.trustsProxy = trustsProxy
    self.limits = limits
    self.most = most
    self.service = service
    self.workers = workers
    self.intake = intake
    self.herald = herald
    self.mailbox = mailbox
    self.crowd = crowd
    poller = try Poller()
    deadlines = Deadlines(now: now)
    guard poller.addLevelTriggered(listener.descriptor, Self.listening),
      poller.addLevelTriggered(mailbox.wakeUp.descriptor, Self.ringing)
    else { throw ServerError("epoll_ctl", errno) }
    self.listener = consume listener
    if let bell = service.bell { listen(to: bell) }
  }

  /// Runs until it is told to stop and everything in flight is answered, or too late.
  func run() {
    while true {
      var events: [Poller.Event] = []
      poller.wait(milliseconds: patience) { events.append($0) }
      now = monotonicMilliseconds()
      var hasMail = false
      for event in events {
        switch event.token {
        case Self.listening: accept()
        case Self.ringing: hasMail = true
        default: serve(event)
        }
      }
      endBatch()
      // After the batch: whoever is told that a write is done reads what was written.
      if hasMail { readMail() }
      endBatch()
      expire()
      if let stopsAt, connections.isEmpty || now >= stopsAt { break }
    }
    for connection in Array(connections.values) { close(connection) }
  }

  /// How long nothing may happen before deadlines are looked at, in milliseconds.
  private var patience: Int32 {
    if let resumesAt { return Int32(max(1, resumesAt - now)) }
    return connections.isEmpty && stopsAt == nil ? 60_000 : 1000
  }

  func accept() {
    guard let turns = listener?.takes else { return }
    for _ in 0..<turns {
      switch listener?.accept() ?? .none {
      case .none: return
      case .exhausted: return pause()
      case .connection(let descriptor, let peer):
        welcome(descriptor, peer)
      }
    }
  }

  private func welcome(_ descriptor: Int32, _ peer: String) {
    guard connections.count < most, crowd.enter(peer) else { return shed(descriptor) }
    generation = (generation + 1) & 0x7FFF_FFFF
    let token = generation << 32 | UInt64(UInt32(bitPattern: descriptor))
    guard let socket = Socket(descriptor, tls), poller.add(descriptor, token) else {
      crowd.leave(peer)
      return shed(descriptor)
    }
    let connection = Connection(
      socket, token, peer: peer, limits, isSecure: tls != nil || trustsProxy)
    connections[descriptor] = connection
    counters.countAccepted()
    let seconds = tls == nil ? limits.idleSeconds : limits.headSeconds
    schedule(connection, due: now + Int64(seconds) * 1000)
  }

  private func shed(_ descriptor: Int32) {
    counters.countShed()
    Glibc.close(descriptor)
  }

  // Without descriptors the listener would be ready again and again, for nothing.
  private func pause() {
    if let descriptor = listener?.descriptor { poller.remove(descriptor) }
    resumesAt = now + 50
    // They are the whole process's, so any loop may have those that can be had back.
    for mailbox in everyone { mailbox.put(.makeRoom) }
  }

  /// Closes connections that have been idle for longest, never the one that just came.
  func makeRoom() {
    let idle = connections.values.filter(\.isIdle).sorted { $0.deadline < $1.deadline }
    guard idle.count > 1 else { return }
    for connection in idle.prefix((idle.count + 7) / 8) {
      counters.countShed()
      close(connection)
    }
  }

  func connection(_ token: UInt64) -> Connection? {
    let descriptor = Int32(truncatingIfNeeded: token)
    guard let connection = connections[descriptor], connection.token == token else { return nil }
    return connection
  }

  func close(_ connection: Connection) {
    guard connection.phase != .closed else { return }
    connection.phase = .closed
    unpark(connection)
    connections[connection.socket.descriptor] = nil
    crowd.leave(connection.peer)
    counters.countEnded()
    connection.socket.close()
  }

  func serve(_ event: Poller.Event) {
    guard let connection = connection(event.token) else { return }
    if event.isEnding { connection.hasEnded = true }
    // With TLS a read may have waited for the socket to take something, and a write for it to give.
    let isEither = connection.socket.isSecure
    if event.isReadable || isEither { connection.isReadable = true }
    if event.isWritable || isEither, connection.hasOutput || connection.phase == .closing {
      flush(connection)
    }
    // Who follows news sends nothing more, so this is its end, and not half of it.
    if connection.hasEnded, connection.stream?.isParked == true { return close(connection) }
    advance(connection)
  }

  /// Reads and answers as far as the connection's state allows.
  func advance(_ connection: Connection) {
    while connection.isReadable, !connection.isWaiting, !connection.hasOutput,
      connection.stream == nil
    {
      switch connection.phase {
      case .closed, .closing: return
      case .lingering: return drain(connection)
      case .open: break
      }
      switch connection.socket.read(into: &input) {
      case .wouldBlock: connection.isReadable = false
      case .withoutTLS: return refuseWithoutTLS(connection)
      case .ended: return end(connection)
      case .bytes(let count):
        counters.countReceived(count)
        // What is emptied needs an event; but not where the end has been told already, which isn't
        // told twice.
        if !connection.hasEnded, !connection.socket.mayHaveMore(after: count, of: input.count) {
          connection.isReadable = false
        }
        receive(connection, count)
      }
    }
  }

  // The client has closed, or its half: what it asked before is answered, a request cut off isn't.
  func end(_ connection: Connection) {
    connection.isReadable = false
    close(connection)
  }

  func drain(_ connection: Connection) {
    while true {
      switch connection.socket.read(into: &input) {
      case .bytes: continue
      case .wouldBlock: return connection.isReadable = false
      case .ended, .withoutTLS: return close(connection)
      }
    }
  }
}
