internal import HTTP

// From bytes to requests to whoever answers them.
extension EventLoop {
  func receive(_ connection: Connection, _ count: Int) {
    if connection.input.isEmpty {
      let used = consume(connection, input.span.extracting(0..<count))
      if used < count, connection.phase == .open { connection.input = Array(input[used..<count]) }
    } else {
      connection.input += input[..<count]
      consumeKept(connection)
    }
    send(connection)
  }

  func consumeKept(_ connection: Connection) {
    var kept: [UInt8] = []
    swap(&kept, &connection.input)
    let used = consume(connection, kept.span)
    if used < kept.count, connection.phase == .open {
      connection.input = used == 0 ? kept : Array(kept[used...])
    }
  }

  /// Answers all requests in `bytes` that can be answered now, in order, and says how many bytes they took.
  func consume(_ connection: Connection, _ bytes: Span<UInt8>) -> Int {
    var used = 0
    do throws(Refusal) {
      while used < bytes.count, connection.takesRequests, output.count < limits.buffer {
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

  func begin(
    _ connection: Connection, _ arrived: RequestHead, more: Bool
  ) throws(Refusal) {
    var head = arrived
    head.request.peer = peer(connection, head.request)
    connection.isIntake = false
    if head.framing == .none { return answer(connection, head, []) }
    let isStreamed = service.streamsBody(head.request)
    connection.isIntake = isStreamed
    let most = isStreamed ? limits.stream : limits.body
    if case .length(let length) = head.framing, length > most { throw .bodyTooLarge(most: most) }
    connection.body = .init(
      head: head, most: most,
      chunks: head.framing == .chunked ? ChunkedDecoder(limits, most: most) : nil, began: now)
    if isStreamed { return open(connection, head.request) }
    guard head.expectsContinue else { return }
    if let response = service.respondEarly(head.request) {
      // The body that the client has now no reason to send can't be told from a next request.
      connection.body = nil
      return write(response, to: connection, head, closes: true)
    }
    // RFC 9110 §10.1.1: a client that didn't wait needs no 100.
    if !more { writeContinue() }
  }

  func writeContinue() { output += "HTTP/1.1 100 Continue\r\n\r\n".utf8 }

  func readBody(_ connection: Connection, _ bytes: Span<UInt8>) throws(Refusal) -> Int {
    guard var body = connection.body.take() else { return 0 }
    let before = body.bytes.count
    let used: Int
    let isWhole: Bool
    if case .length(let length) = body.head.framing {
      used = min(length - body.received, bytes.count)
      bytes.extracting(0..<used).withUnsafeBufferPointer { body.bytes.append(contentsOf: $0) }
      isWhole = body.received + used == length
    } else {
      used = try body.chunks?.decode(bytes, into: &body.bytes) ?? 0
      isWhole = body.chunks?.isDone ?? true
    }
    body.received += body.bytes.count - before
    switch body.intake {
    case .taker(let taker): give(connection, body, to: taker, isLast: isWhole)
    case .whole where isWhole: answer(connection, body.head, body.bytes)
    case .whole, .opening: connection.body = body
    }
    return used
  }

  func answer(_ connection: Connection, _ head: RequestHead, _ body: [UInt8]) {
    var request = head.request
    request.body = body
    if !hasBatch {
      hasBatch = true
      service.batchBegan()
    }
    let asked = request
    let reply = service.reply(asked) {
      let letter = waiting(connection)
      return { answer in letter(.answer(head, answer)) }
    }
    switch reply {
    case .now(let response): write(response, to: connection, head, closes: false)
    case .byWorker(let isIntake):
      connection.isIntake = isIntake
      askWorker(connection) { service in
        let response = service.respond(asked)
        return .answer(head) { response }
      }
    case .later: break
    }
  }

  /// Nothing more of the connection is read until a worker has said its news.
  func askWorker(
    _ connection: Connection, _ job: @escaping @Sendable (Service) -> Mailbox.News
  ) {
    let letter = waiting(connection)
    workers(for: connection).run { service in letter(job(service)) }
  }

  private func workers(for connection: Connection) -> Workers {
    if connection.stream?.source.isFollowing == true { return herald }
    return connection.isIntake ? intake : workers
  }

  /// Reads nothing more of the connection until what this returns is told its news.
  private func waiting(_ connection: Connection) -> @Sendable (Mailbox.News) -> Void {
    connection.isWaiting = true
    connection.waitingSince = now
    let (token, mailbox) = (connection.token, mailbox)
    return { news in mailbox.put(.news(token, news)) }
  }

  func endBatch() {
    guard hasBatch else { return }
    hasBatch = false
    service.batchEnded()
  }

  func readMail() {
    for letter in mailbox.take() {
      switch letter {
      case .stop: stop()
      case .rung: wakeParked()
      case .makeRoom: makeRoom()
      case .news(let token, let news):
        guard let connection = connection(token) else { continue }
        connection.isWaiting = false
        hear(news, connection)
        if connection.phase == .closed { continue }
        consumeKept(connection)
        send(connection)
        advance(connection)
      }
    }
  }

  private func hear(_ news: Mailbox.News, _ connection: Connection) {
    switch news {
    case .answer(let head, let response): write(response(), to: connection, head, closes: false)
    case .opened(.taken(let taker)): begin(connection, taker)
    case .opened(.refused(let response)): endBody(connection, response)
    case .taken(nil): connection.body?.began += now - connection.waitingSince
    case .taken(let response?): endBody(connection, response)
    case .piece(let bytes, let rest, let heard): writePiece(connection, bytes, rest, heard)
    case .noPiece: close(connection)
    }
  }
}
