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
      guard isLast else { return .taken(refusal) }
      let response = refusal ?? taker.finish()
      return .answer(head) { response }
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
    let bell = service.bell
    askWorker(connection) { _ in
      let heard = bell?.count ?? 0
      var piece: [UInt8] = []
      do {
        let rest = try source.next(&piece)
        return .piece(piece, rest, heard: heard)
      } catch {
        return .noPiece
      }
    }
  }

  func writePiece(
    _ connection: Connection, _ piece: [UInt8], _ rest: BodySource.Rest, _ heard: Int
  ) {
    guard let stream = connection.stream else { return close(connection) }
    let isSilent = piece.isEmpty && rest == .later && stream.isDue
    let bytes = isSilent ? stream.source.pulse() : piece
    connection.stream?.isDue = false
    if stream.isChunked { writeChunk(bytes, to: &output) } else { output += bytes }
    switch rest {
    case .nothing: endStream(connection)
    // Nothing to send is nothing whose end would ask for more.
    case .more: if piece.isEmpty { askForPiece(connection) }
    case .later where stopsAt != nil: endStream(connection)
    case .later where connection.hasEnded: close(connection)
    case .later: if !park(connection, heard: heard), bytes.isEmpty { askForPiece(connection) }
    }
  }
}
