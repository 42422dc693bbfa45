internal import HTTP
internal import Synchronization

// Bodies that wait for news: parked without a worker until the bell rings, or they have been silent for so long.

/// Those of a loop that wait for the bell, and how many they are for whoever rings it.
final class Parking: Sendable {
  private let count = Atomic(0)

  var isEmpty: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

  func set(_ newCount: Int) { count.store(newCount, ordering: .sequentiallyConsistent) }
}

extension EventLoop {
  /// Has the bell's rings put into the mailbox while someone is parked.
  func listen(to bell: Bell) {
    let (parking, mailbox) = (parking, mailbox)
    bell.listen { if !parking.isEmpty { mailbox.put(.rung) } }
  }

  /// Lets the body wait; false where the bell was heard again since its source looked for news, `heard` rings
  /// after the first.
  func park(_ connection: Connection, heard: Int) -> Bool {
    connection.stream?.isParked = true
    parked.insert(connection.token)
    parking.set(parked.count)
    // Counted before the bell is looked at: so whoever rings now either is seen here or sees someone wait.
    if service.bell?.count != heard { unpark(connection) }
    return connection.stream?.isParked == true
  }

  func unpark(_ connection: Connection) {
    guard parked.remove(connection.token) != nil else { return }
    parking.set(parked.count)
    connection.stream?.isParked = false
  }

  /// The bell was rung: everyone who is parked is asked for news.
  func wakeParked() {
    for token in parked {
      guard let connection = connection(token) else { continue }
      connection.stream?.isParked = false
      askForPiece(connection)
    }
    parked.removeAll(keepingCapacity: true)
    parking.set(0)
  }

  /// A parked body has been silent for long: it says that it is there, whether there is news or not.
  func pulse(_ connection: Connection) {
    unpark(connection)
    connection.stream?.isDue = true
    askForPiece(connection)
  }

  /// No more of a body that would have gone on.
  func endStream(_ connection: Connection) {
    guard let stream = connection.stream.take() else { return }
    if stream.isChunked { writeLastChunk(to: &output) }
    endAnswer(connection)
  }

  func endParked() {
    for connection in parked.compactMap(connection) {
      unpark(connection)
      endStream(connection)
      send(connection)
    }
  }
}
