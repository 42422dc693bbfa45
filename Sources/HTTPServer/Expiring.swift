internal import HTTP

// Deadlines, and the end.
extension EventLoop {
  func setDeadline(_ connection: Connection, hasPart: Bool) {
    // An answer on its way has the deadline of its last byte that was sent.
    guard connection.phase == .open, connection.stream == nil else { return }
    if let body = connection.body {
      connection.headBegan = nil
      let expected = body.received / limits.bodyRate + limits.bodyGraceSeconds
      schedule(connection, due: body.began + Int64(expected) * 1000)
    } else if hasPart, !connection.isWaiting {
      // From the head's first byte: later ones don't put it off.
      let began = connection.headBegan ?? now
      connection.headBegan = began
      schedule(connection, due: began + Int64(limits.headSeconds) * 1000)
    } else {
      connection.headBegan = nil
      schedule(connection, due: now + Int64(limits.idleSeconds) * 1000)
    }
  }

  func schedule(_ connection: Connection, due: Int64) {
    connection.deadline = due
    let second = deadlines.second(of: due)
    guard second < connection.bucket else { return }
    connection.bucket = second
    deadlines.add(connection.token, at: second)
  }

  func expire() {
    while let (second, tokens) = deadlines.next(now: now) {
      for token in tokens {
        // A connection whose deadline came closer stands in an earlier bucket, too; that one counts.
        guard let connection = connection(token), connection.bucket == second else { continue }
        connection.bucket = .max
        if connection.isWaiting {
          connection.deadline = now + Int64(limits.idleSeconds) * 1000
        } else if connection.deadline <= now {
          if connection.stream?.isParked == true, !connection.hasOutput {
            pulse(connection)
          } else {
            expire(connection)
          }
        }
        if connection.phase != .closed { schedule(connection, due: connection.deadline) }
      }
    }
    if let resumesAt, now >= resumesAt {
      self.resumesAt = nil
      if let descriptor = listener?.descriptor {
        _ = poller.addLevelTriggered(descriptor, Self.listening)
      }
    }
  }

  func expire(_ connection: Connection) {
    let isAsking = connection.body != nil || !connection.input.isEmpty
    guard connection.phase == .open, !connection.hasOutput, isAsking else {
      return close(connection)
    }
    refuse(connection, .tooSlow)
    connection.input = []
    send(connection)
  }

  func stop() {
    // Its end wouldn't take it out: further descriptors may stand for the same socket, and be others'.
    if let descriptor = listener?.descriptor { poller.remove(descriptor) }
    listener = nil
    stopsAt = now + Int64(limits.stopSeconds) * 1000
    for connection in Array(connections.values) where connection.isIdle { close(connection) }
    endParked()
  }
}
