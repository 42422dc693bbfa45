internal import HTTP

// Bodies that are never held as a whole: a piece is with a worker, or on its way, and the next one waits.
extension EventLoop {
  /// Asks a worker who takes the body that comes.
  func open(_ connection: Connection, _ request: Request) {
    connection.body?.intake = .opening
    askWorker(connection) { service in .opened(service.open(request)) }
  }

  func begin(_ connection: Connection, _ taker: BodyTaker) {
    connection.body?.intake = .taker(taker)
    connection.body?.began = now
    // Only now is the body wanted (RFC 9110 §10.1.1).
    if connection.body?.head.expectsContinue ?? false, connection.input.isEmpty { writeContinue() }
  }

  /// Gives what has come to its taker; behind the last piece its answer is asked for.
  func give(
    _ connection: Connection, _ body: Connection.Body, to taker: BodyTaker, isLast: Bool
  ) {
    var rest = body
    let (piece, head) = (body.bytes, body.head)
    rest.bytes = []
    connection.body = isLast ? nil : rest
    if !isLast, piece.isEmpty { return }
    askWorker(connection) { _ in
      let refusal = piece.isEmpty ? nil : taker.take(piece)
      return isLast ? .answer(head, refusal ?? taker.finish()) : .taken(refusal)
    }
  }

  /// Answers before the body's end, which can't be told from a next request's beginning any more.
  func endBody(_ connection: Connection, _ response: Response) {
    guard let head = connection.body.take()?.head else { return }
    write(response, to: connection, head, closes: true)
  }

  /// Asks for the next piece of the answer once the socket has taken all before it.
  func askForPiece(_ connection: Connection) {
    guard let source = connection.stream?.source, !connection.isWaiting, !connection.hasOutput
    else { return }
    askWorker(connection) { _ in
      var piece: [UInt8] = []
      do {
        let isLast = try !source.next(&piece)
        return .piece(piece, isLast: isLast)
      } catch {
        return .piece(nil, isLast: true)
      }
    }
  }

  func writePiece(_ connection: Connection, _ piece: [UInt8]?, isLast: Bool) {
    guard let isChunked = connection.stream?.isChunked, let piece else { return close(connection) }
    if isChunked { writeChunk(piece, to: &output) } else { output += piece }
    // Nothing to send is nothing whose end would ask for more.
    guard isLast else { return piece.isEmpty ? askForPiece(connection) : () }
    connection.stream = nil
    if isChunked { writeLastChunk(to: &output) }
    endAnswer(connection)
  }
}
