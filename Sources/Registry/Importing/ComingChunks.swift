internal import Dispatch
internal import Synchronization

/// The chunks behind the one that is being stored: they are read and checked on another core, some ahead, since
/// storing doesn't go on steadily.
final class ComingChunks: Sendable {
  private struct State {
    /// Behind what was read.
    var reader: RowReader
    var chunks: [RowChunk] = []
    /// Those that were stored, of which nobody else has anything: they are let go on the other core, too.
    var stored: [RowChunk] = []
    var isReading = false
    /// Nothing more will be read.
    var isOver = false
  }

  private static let queue = DispatchQueue(label: "cairn.import-rows", attributes: .concurrent)
  /// So many are kept in memory beside the one that is being stored.
  private static let most = 4

  private let read: @Sendable (RowReader) throws(RegistryError) -> RowChunk
  private let state: Mutex<State>
  private let reading = DispatchGroup()
  /// Counts what `next` finds: chunks, and the end.
  private let news = DispatchSemaphore(value: 0)

  init(
    behind reader: RowReader,
    _ read: @escaping @Sendable (RowReader) throws(RegistryError) -> RowChunk
  ) {
    self.read = read
    state = Mutex(State(reader: reader))
    goOn()
  }

  /// The chunk behind `stored`, once it is there; nil where none is, or reading it failed.
  func next(behind stored: consuming RowChunk) -> RowChunk? {
    news.wait()
    let next = state.withLock { [stored] state in
      state.stored.append(stored)
      return state.chunks.isEmpty ? nil : state.chunks.removeFirst()
    }
    if next == nil { news.signal() } else { goOn() }
    return next
  }

  /// Returns when nothing is being read any more.
  func settle() {
    state.withLock { $0.isOver = true }
    reading.wait()
  }

  private func goOn() {
    let begins = state.withLock { state in
      if state.isReading || state.isOver { return false }
      state.isReading = true
      return true
    }
    if begins { Self.queue.async(group: reading) { [self] in while readOne() {} } }
  }

  /// Reads the next one, unless enough are there; false where that was all for now.
  private func readOne() -> Bool {
    let (reader, stored) = state.withLock { state -> (RowReader?, [RowChunk]) in
      let stored = state.stored
      state.stored = []
      state.isReading = !state.isOver && state.chunks.count < Self.most
      return (state.isReading ? state.reader : nil, stored)
    }
    _ = consume stored
    guard let reader else { return false }
    let chunk = try? read(reader)
    state.withLock { state in
      if let chunk {
        state.reader = chunk.reader
        state.chunks.append(chunk)
      }
      if chunk?.isLast ?? true { state.isOver = true }
    }
    news.signal()
    return true
  }
}
