internal import HTTP
internal import HTTPTypes

// From answers to bytes the socket takes.
extension EventLoop {
  func refuse(_ connection: Connection, _ refusal: Refusal) {
    connection.body = nil
    connection.phase = .closing
    _ = service.refuse(refusal).write(
      to: &output, date: dateText, .init(.close, isForHEAD: connection.parser.isForHEAD))
  }

  /// Whoever speaks HTTP to a port of TLS is told so in HTTP.
  func refuseWithoutTLS(_ connection: Connection) {
    connection.socket.leaveTLS()
    refuse(connection, .withoutTLS)
    send(connection)
  }

  func write(
    _ response: Response, to connection: Connection, _ head: RequestHead, closes: Bool
  ) {
    let isEndless = head.isHTTP10 && response.body.count == nil
    let stays = head.isPersistent && !closes && stopsAt == nil && !isEndless
    let source = response.write(
      to: &output, date: dateText,
      .init(
        stays ? (head.isHTTP10 ? .keepAlive : .implied) : .close,
        isForHEAD: head.request.method == .head, knowsChunks: !head.isHTTP10))
    connection.closesAfterAnswer = !stays
    if let source {
      connection.stream = .init(source: source, isChunked: source.count == nil && !head.isHTTP10)
    } else {
      endAnswer(connection)
    }
  }

  /// The answer's last byte is written.
  func endAnswer(_ connection: Connection) {
    if connection.closesAfterAnswer || stopsAt != nil { connection.phase = .closing }
  }

  var dateText: [UInt8] {
    let second = secondsSince1970()
    if second != date.second {
      date = (second, Array(HTTPDate.text(secondsSince1970: second).utf8))
    }
    return date.text
  }

  /// Sends what was just written, and keeps what the socket doesn't take.
  func send(_ connection: Connection) {
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

  func flush(_ connection: Connection) {
    while connection.hasOutput {
      switch connection.socket.write(connection.output, from: connection.sent) {
      case .bytes(let count):
        connection.sent += count
        counters.countSent(count)
        schedule(connection, due: now + Int64(limits.sendSeconds) * 1000)
      case .wouldBlock: return
      case .ended, .withoutTLS: return close(connection)
      }
    }
    guard !connection.output.isEmpty || connection.phase == .closing else { return }
    connection.sent = 0
    connection.output.removeAll(keepingCapacity: true)
    switch connection.phase {
    case .closing:
      guard connection.socket.finish() else { return }
      connection.phase = .lingering
      connection.isReadable = true
      schedule(connection, due: now + 2000)
      drain(connection)
    case .open where connection.stream?.isParked == true:
      schedule(connection, due: now + Int64(limits.pulseSeconds) * 1000)
    case .open where connection.stream != nil: askForPiece(connection)
    case .open:
      setDeadline(connection, hasPart: !connection.input.isEmpty)
      // What was put by while the socket was full.
      if !connection.input.isEmpty, !connection.isWaiting { resume(connection) }
    case .lingering, .closed: break
    }
  }

  func resume(_ connection: Connection) {
    let before = connection.input.count
    consumeKept(connection)
    if connection.input.count < before || !output.isEmpty { send(connection) }
  }
}
