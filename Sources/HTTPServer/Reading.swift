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

  func begin(
    _ connection: Connection, _ arrived: RequestHead, more: Bool
  ) throws(Refusal) {
    var head = arrived
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

  func readBody(_ connection: Connection, _ bytes: Span<UInt8>) throws(Refusal) -> Int {
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

  func answer(_ connection: Connection, _ head: RequestHead, _ body: [UInt8]) {
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

  func endBatch() {
    guard hasBatch else { return }
    hasBatch = false
    service.batchEnded()
  }

  func readMail() {
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
}
