internal import HTTP
internal import HTTPTypes
internal import Synchronization

/// One core's connections: accepts, reads, has requests answered and writes, on the one thread that runs it.
final class EventLoop {
  private let limits: Limits
  private let service: Service
  private let workers: Workers
  private let mailbox: Mailbox
  private let most: Int
  private var poller: Poller
  private var listener: Listener?
  private var connections: [Int32: Connection] = [:]
  private var generation: UInt64 = 0
  private var deadlines: Deadlines
  private var now = monotonicMilliseconds()
  private var date: (second: Int, text: [UInt8]) = (0, [])
  /// Lent to whichever connection is read or answered.
  private var input = [UInt8](repeating: 0, count: 64 << 10)
  private var output: [UInt8] = []
  private var hasBatch = false
  private var stopsAt: Int64?
  /// When accepting goes on after the descriptors ran out.
  private var resumesAt: Int64?

  private static let listening: UInt64 = .max
  private static let ringing: UInt64 = .max - 1

  init(
    _ listener: consuming Listener, _ limits: Limits, connections most: Int, _ service: Service,
    _ workers: Workers, _ mailbox: Mailbox
  ) throws(ServerError) {
    self.limits = limits
    self.most = most
    self.service = service
    self.workers = workers
    self.mailbox = mailbox
    poller = try Poller()
    deadlines = Deadlines(now: now)
    guard poller.addLevelTriggered(listener.descriptor, Self.listening),
      poller.addLevelTriggered(mailbox.wakeUp.descriptor, Self.ringing)
    else { throw ServerError("epoll_ctl", 12) }
    self.listener = consume listener
  }

  /// Runs until it is told to stop and everything in flight is answered, or too late.
  func run() {
    while true {
      var events: [Poller.Event] = []
      poller.wait(milliseconds: connections.isEmpty && stopsAt == nil && resumesAt == nil ? 60_000 : 1000) {
        events.append($0)
      }
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

  // MARK: - Connections

  private func accept() {
    guard listener != nil else { return }
    // So many at a time that nobody else waits for long.
    for _ in 0..<64 {
      switch listener?.accept() ?? .none {
      case .none: return
      case .exhausted: return pause()
      case .connection(let descriptor, let peer):
        let socket = Socket(descriptor: descriptor)
        guard connections.count < most else {
          socket.close()
          continue
        }
        generation = (generation + 1) & 0x7FFF_FFFF
        let token = generation << 32 | UInt64(UInt32(bitPattern: descriptor))
        guard poller.add(descriptor, token) else {
          socket.close()
          continue
        }
        let connection = Connection(socket, token, peer: peer, limits)
        connections[descriptor] = connection
        connection.deadline = now + Int64(limits.idleSeconds) * 1000
        deadlines.add(token, due: connection.deadline)
      }
    }
  }

  // Without descriptors the listener would be ready again and again, for nothing.
  private func pause() {
    if let descriptor = listener?.descriptor { poller.remove(descriptor) }
    resumesAt = now + 1000
    // Idle connections are the ones that can be had back.
    let idle = connections.values.filter { isIdle($0) }.prefix(64)
    for connection in idle { close(connection) }
  }

  private func isIdle(_ connection: Connection) -> Bool {
    connection.phase == .open && !connection.isWaiting && !connection.hasOutput
      && connection.body == nil && connection.input.isEmpty
  }

  private func connection(_ token: UInt64) -> Connection? {
    let descriptor = Int32(truncatingIfNeeded: token)
    guard let connection = connections[descriptor], connection.token == token else { return nil }
    return connection
  }

  private func close(_ connection: Connection) {
    guard connection.phase != .closed else { return }
    connection.phase = .closed
    connections[connection.socket.descriptor] = nil
    connection.socket.close()
  }

  private func serve(_ event: Poller.Event) {
    guard let connection = connection(event.token) else { return }
    if event.isEnding { connection.hasEnded = true }
    if event.isReadable { connection.isReadable = true }
    if event.isWritable, connection.hasOutput { flush(connection) }
    advance(connection)
  }

  /// Reads and answers as far as the connection's state allows.
  private func advance(_ connection: Connection) {
    while connection.isReadable, !connection.isWaiting, !connection.hasOutput {
      switch connection.phase {
      case .closed, .closing: return
      case .lingering: return drain(connection)
      case .open: break
      }
      switch connection.socket.read(into: &input) {
      case .wouldBlock: connection.isReadable = false
      case .ended: return end(connection)
      case .bytes(let count):
        // A short read has emptied the socket; but not where the end has been told already, which
        // isn't told twice.
        if count < input.count, !connection.hasEnded { connection.isReadable = false }
        receive(connection, count)
      }
    }
  }

  // The client has closed, or its half: what it asked before is answered, a request cut off isn't.
  private func end(_ connection: Connection) {
    connection.isReadable = false
    close(connection)
  }

  private func drain(_ connection: Connection) {
    while true {
      switch connection.socket.read(into: &input) {
      case .bytes: continue
      case .wouldBlock: return connection.isReadable = false
      case .ended: return close(connection)
      }
    }
  }

  // MARK: - Requests

  private func receive(_ connection: Connection, _ count: Int) {
    if connection.input.isEmpty {
      let used = consume(connection, input.span.extracting(0..<count))
      if used < count, connection.phase == .open { connection.input = Array(input[used..<count]) }
    } else {
      connection.input += input[..<count]
      consumeKept(connection)
    }
    send(connection)
  }

  private func consumeKept(_ connection: Connection) {
    var kept: [UInt8] = []
    swap(&kept, &connection.input)
    let used = consume(connection, kept.span)
    if used < kept.count, connection.phase == .open {
      connection.input = used == 0 ? kept : Array(kept[used...])
    }
  }

  /// Answers all requests in `bytes` that can be answered now, in order, and says how many bytes they took.
  private func consume(_ connection: Connection, _ bytes: Span<UInt8>) -> Int {
    var used = 0
    do throws(Refusal) {
      while used < bytes.count, connection.phase == .open, !connection.isWaiting,
        output.count < limits.buffer
      {
        let rest = bytes.extracting(used..<bytes.count)
        if connection.body != nil {
          used += try readBody(connection, rest)
        } else if let (head, length) = try connection.parser.next(in: rest) {
          used += length
          try begin(connection, head, more: used < bytes.count)
        } else {
          break
        }
      }
      setDeadline(connection, hasPart: used < bytes.count)
    } catch {
      refuse(connection, error)
    }
    return used
  }

  private func begin(
    _ connection: Connection, _ head: consuming RequestHead, more: Bool
  ) throws(Refusal) {
    head.request.peer = connection.peer
    switch head.framing {
    case .none: return answer(connection, head, [])
    case .length(let length):
      guard length <= limits.body else { throw .bodyTooLarge(most: limits.body) }
      connection.body = .init(head: head, began: now)
    case .chunked:
      connection.body = .init(head: head, chunks: ChunkedDecoder(limits), began: now)
    }
    guard head.expectsContinue else { return }
    if let response = service.respondEarly(head.request) {
      // The body that the client has now no reason to send can't be told from a next request.
      connection.body = nil
      return write(response, to: connection, head, closes: true)
    }
    // RFC 9110 §10.1.1: a client that didn't wait needs no 100.
    if !more { output += "HTTP/1.1 100 Continue\r\n\r\n".utf8 }
  }

  private func readBody(_ connection: Connection, _ bytes: Span<UInt8>) throws(Refusal) -> Int {
    guard var body = connection.body.take() else { return 0 }
    let used: Int
    let isWhole: Bool
    if case .length(let length) = body.head.framing {
      used = min(length - body.bytes.count, bytes.count)
      bytes.extracting(0..<used).withUnsafeBufferPointer { body.bytes.append(contentsOf: $0) }
      isWhole = body.bytes.count == length
    } else {
      used = try body.chunks?.decode(bytes, into: &body.bytes) ?? 0
      isWhole = body.chunks?.isDone ?? true
    }
    if isWhole {
      answer(connection, body.head, body.bytes)
    } else {
      connection.body = body
    }
    return used
  }

  private func answer(_ connection: Connection, _ head: RequestHead, _ body: [UInt8]) {
    var request = head.request
    request.body = body
    if !hasBatch {
      hasBatch = true
      service.batchBegan()
    }
    if let response = service.respond(request, .loop) {
      return write(response, to: connection, head, closes: false)
    }
    connection.isWaiting = true
    let (token, mailbox, asked) = (connection.token, mailbox, request)
    workers.run { service in
      let response = service.respond(asked, .worker)
      mailbox.put(.init(token: token, head: head, response: response))
    }
  }

  private func endBatch() {
    guard hasBatch else { return }
    hasBatch = false
    service.batchEnded()
  }

  private func readMail() {
    for letter in mailbox.take() {
      switch letter {
      case .stop: stop()
      case .answer(let answer):
        guard let connection = connection(answer.token) else { continue }
        connection.isWaiting = false
        guard let response = answer.response else {
          close(connection)
          continue
        }
        write(response, to: connection, answer.head, closes: false)
        consumeKept(connection)
        send(connection)
        advance(connection)
      }
    }
  }

  // MARK: - Answers

  private func refuse(_ connection: Connection, _ refusal: Refusal) {
    connection.body = nil
    connection.phase = .closing
    service.refuse(refusal).write(to: &output, date: dateText, .close, isForHEAD: false)
  }

  private func write(
    _ response: Response, to connection: Connection, _ head: RequestHead, closes: Bool
  ) {
    let stays = head.isPersistent && !closes && stopsAt == nil
    if !stays { connection.phase = .closing }
    response.write(
      to: &output, date: dateText,
      stays ? (head.isHTTP10 ? .keepAlive : .implied) : .close,
      isForHEAD: head.request.method == .head)
  }

  private var dateText: [UInt8] {
    let second = secondsSince1970()
    if second != date.second { date = (second, Array(HTTPDate.text(secondsSince1970: second).utf8)) }
    return date.text
  }

  /// Sends what was just written, and keeps what the socket doesn't take.
  private func send(_ connection: Connection) {
    if !output.isEmpty {
      if connection.hasOutput {
        connection.output += output
      } else {
        swap(&connection.output, &output)
        connection.sent = 0
      }
      output.removeAll(keepingCapacity: true)
    }
    flush(connection)
    // The loop's buffer is lent: an idle connection gives it back.
    if !connection.hasOutput, output.capacity < connection.output.capacity {
      connection.output.removeAll(keepingCapacity: connection.output.capacity <= limits.buffer * 4)
      swap(&connection.output, &output)
    }
  }

  private func flush(_ connection: Connection) {
    while connection.hasOutput {
      switch connection.socket.write(connection.output, from: connection.sent) {
      case .bytes(let count):
        connection.sent += count
        connection.deadline = now + Int64(limits.sendSeconds) * 1000
      case .wouldBlock: return
      case .ended: return close(connection)
      }
    }
    guard !connection.output.isEmpty || connection.phase == .closing else { return }
    connection.sent = 0
    connection.output.removeAll(keepingCapacity: true)
    switch connection.phase {
    case .closing:
      connection.phase = .lingering
      connection.socket.finish()
      connection.isReadable = true
      connection.deadline = now + 2000
      deadlines.add(connection.token, due: connection.deadline)
      drain(connection)
    case .open:
      setDeadline(connection, hasPart: !connection.input.isEmpty)
      // What was put by while the socket was full.
      if !connection.input.isEmpty, !connection.isWaiting { resume(connection) }
    case .lingering, .closed: break
    }
  }

  private func resume(_ connection: Connection) {
    let before = connection.input.count
    consumeKept(connection)
    if connection.input.count < before || !output.isEmpty { send(connection) }
  }

  // MARK: - Deadlines

  private func setDeadline(_ connection: Connection, hasPart: Bool) {
    guard connection.phase == .open else { return }
    if let body = connection.body {
      let expected = body.bytes.count / limits.bodyRate + limits.bodyGraceSeconds
      connection.deadline = body.began + Int64(expected) * 1000
    } else if hasPart {
      // From the head's first byte: later ones don't put it off.
      let due = now + Int64(limits.headSeconds) * 1000
      if connection.input.isEmpty || connection.deadline > due { connection.deadline = due }
      deadlines.add(connection.token, due: connection.deadline)
    } else {
      connection.deadline = now + Int64(limits.idleSeconds) * 1000
    }
  }

  private func expire() {
    for token in deadlines.due(now: now) {
      guard let connection = connection(token) else { continue }
      if connection.isWaiting {
        connection.deadline = now + Int64(limits.idleSeconds) * 1000
      } else if connection.deadline <= now {
        expire(connection)
      }
      if connection.phase != .closed { deadlines.add(token, due: connection.deadline) }
    }
    if let resumesAt, now >= resumesAt {
      self.resumesAt = nil
      if let descriptor = listener?.descriptor {
        _ = poller.addLevelTriggered(descriptor, Self.listening)
      }
    }
  }

  private func expire(_ connection: Connection) {
    let isAsking = connection.body != nil || !connection.input.isEmpty
    guard connection.phase == .open, !connection.hasOutput, isAsking else {
      return close(connection)
    }
    refuse(connection, .tooSlow)
    connection.input = []
    send(connection)
  }

  private func stop() {
    listener = nil
    stopsAt = now + Int64(limits.stopSeconds) * 1000
    for connection in Array(connections.values) where isIdle(connection) { close(connection) }
  }
}

/// What other threads have for a loop.
final class Mailbox: Sendable {
  struct Answer: Sendable {
    let token: UInt64
    let head: RequestHead
    let response: Response?
  }

  enum Letter: Sendable {
    case answer(Answer)
    case stop
  }

  let wakeUp: WakeUp
  private let letters = Mutex<[Letter]>([])

  init() throws(ServerError) { wakeUp = try WakeUp() }

  func put(_ answer: Answer) { put(.answer(answer)) }

  func put(_ letter: Letter) {
    let wasEmpty = letters.withLock { letters in
      letters.append(letter)
      return letters.count == 1
    }
    if wasEmpty { wakeUp.ring() }
  }

  func take() -> [Letter] {
    wakeUp.silence()
    return letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }
}
