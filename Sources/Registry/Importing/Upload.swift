internal import SQLite
internal import Synchronization

/// The body of an import that comes in several requests, each of which goes on where the last one ended.
final class Upload: Sendable {
  let spool: Spool
  private let state = Mutex(State())

  fileprivate struct State {
    /// Whose requests count: the latest one's.
    var turn = 0
    /// True while all of it becomes an import, and from then on.
    var isCompleting = false
  }

  init(_ spool: Spool) { self.spool = spool }

  var count: Int { spool.count }

  /// Ends what an earlier request still adds: its client has gone without the server's having heard of it.
  func begin() throws(RegistryError) -> UploadPart {
    try state.withLock { (state) throws(RegistryError) in
      if state.isCompleting { throw .conflict("All of the upload has come already.") }
      state.turn += 1
      return UploadPart(upload: self, turn: state.turn, start: spool.count)
    }
  }

  fileprivate func add<T>(
    _ turn: Int, _ work: (inout State) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try state.withLock { (state) throws(RegistryError) in
      guard state.turn == turn else { throw .conflict("Another request goes on with this upload.") }
      return try work(&state)
    }
  }

  fileprivate func complete<T>(_ turn: Int, _ work: () throws -> T) throws -> T {
    try add(turn) { (state) throws(RegistryError) in state.isCompleting = true }
    do { return try work() } catch {
      state.withLock { $0.isCompleting = false }
      throw error
    }
  }
}

/// What one request adds to an upload.
public struct UploadPart: Sendable {
  let upload: Upload
  let turn: Int
  /// Where it begins: as much had come before.
  public let start: Int

  /// As much has come with it.
  public var end: Int { upload.count }

  public func append(_ bytes: [UInt8]) throws(RegistryError) {
    try upload.add(turn) { (_) throws(RegistryError) in try upload.spool.append(bytes) }
  }

  /// Has what came on disk, so that its client may forget it.
  public func keep() throws(RegistryError) {
    try upload.add(turn) { (_) throws(RegistryError) in try upload.spool.keep() }
  }

  /// As if this request had never been.
  public func takeBack() throws(RegistryError) {
    try upload.add(turn) { (_) throws(RegistryError) in try upload.spool.cut(to: start) }
  }

  /// Runs `work`, which makes an import of all that has come; until then nobody else goes on with the upload.
  public func complete<T>(_ work: () throws -> T) throws -> T {
    try upload.complete(turn, work)
  }

  /// Gives all that has come, a buffer at a time.
  public func each(_ body: ([UInt8]) throws -> Void) throws { try upload.spool.each(body) }
}

extension Registry {
  /// Begins an upload, or finds the one that the same order began before.
  public func beginUpload(
    _ order: ImportOrder, coding: String?, sha256: String?
  ) throws(RegistryError) -> (id: String, isRepeated: Bool) {
    try forgetImports()
    let id = environment.newID()
    let spool = try Spool(path: spoolPath(of: id, coding), .new)
    do throws(RegistryError) {
      let earlier = try write { (database) throws(RegistryError) in
        if let once = order.once,
          let earlier = try earlierImport(once, order.author, in: database)
        {
          return String?.some(earlier)
        }
        try put(id, order, .receiving, coding: coding, sha256: sha256, in: database)
        // Before the commit: an upload that is told of has its file.
        try spool.keep()
        return nil
      }
      return (earlier ?? id, earlier != nil)
    } catch {
      spool.letGo()
      throw error
    }
  }

  /// Goes on with the upload `record`, whose other requests end with this.
  public func continueUpload(_ record: Import) throws(RegistryError) -> UploadPart {
    let isAwaited = try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE import SET updated_at = ?2 WHERE id = ?1 AND state = 'receiving'",
          .text(record.id), .integer(environment.now().milliseconds))
      }
      return database.changes == 1
    }
    guard isAwaited else { throw Self.nothingAwaited }
    // Behind the transaction: another request's bytes may be on their way to the disk.
    let part = try upload(of: record).begin()
    // What became an import, or was given up, meanwhile isn't gone on with: its rows may be read by now.
    guard try isReceiving(record) else {
      work.close(record.id)
      throw Self.nothingAwaited
    }
    return part
  }

  private static let nothingAwaited = RegistryError.conflict(
    "Nothing more of the upload is awaited.")

  private func isReceiving(_ record: Import) throws(RegistryError) -> Bool {
    try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(
          "SELECT 1 FROM import WHERE id = ?1 AND state = 'receiving'", .text(record.id)
        ) { _ in true }
      } ?? false
    }
  }

  /// The order that the upload `record` is of.
  public func order(_ record: Import, _ quota: ImportQuota) throws(RegistryError) -> ImportOrder {
    let author = try read { (database) throws(RegistryError) in
      try key(id: record.author, in: database)
    }
    return ImportOrder(record.kind, record.options, by: author, quota)
  }

  /// A file for the rows of the upload `record`: what has come itself, or where that is coded an empty one.
  public func rowSpool(_ record: Import) throws(RegistryError) -> Spool {
    record.coding == nil
      ? try upload(of: record).spool : try Spool(path: spoolPath(record.id), .new)
  }

  /// What came of the upload has become an import.
  public func endUpload(_ record: Import) {
    work.close(record.id)
    if record.coding != nil { Spool.remove(spoolPath(of: record.id, record.coding)) }
  }

  /// Gives an upload up, as if it had never been, unless somebody has gone on with it since `moment`.
  public func dropUpload(
    _ record: Import, unlessUsedSince moment: Instant? = nil
  ) throws(RegistryError) {
    if try forgetUpload(record, unlessUsedSince: moment) { removeFiles(of: record) }
  }

  /// Forgets an upload, whose files are to be removed once that lasts; false where there is none any more.
  @discardableResult
  public func forgetUpload(
    _ record: Import, unlessUsedSince moment: Instant? = nil
  ) throws(RegistryError) -> Bool {
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "DELETE FROM import WHERE id = ?1 AND state = 'receiving' AND updated_at < ?2",
          .text(record.id), .integer(moment?.milliseconds ?? .max))
      }
      return database.changes == 1
    }
  }

  public func removeFiles(of record: Import) {
    work.close(record.id)
    for path in [spoolPath(record.id), uploadPath(record.id)] { Spool.remove(path) }
  }

  /// As many bytes of it have come; nil where it has ended meanwhile.
  func received(of record: Import) -> Int? {
    work.upload(record.id)?.count ?? Spool.size(spoolPath(of: record.id, record.coding))
  }

  private func upload(of record: Import) throws(RegistryError) -> Upload {
    try work.upload(record.id) { () throws(RegistryError) in
      Upload(try Spool(path: spoolPath(of: record.id, record.coding), .more))
    }
  }

  func uploadPath(_ id: String) -> String { path + "-upload-" + id }

  /// Where what is to be read of it is.
  func spoolPath(_ record: Import) -> String {
    record.state == .receiving ? spoolPath(of: record.id, record.coding) : spoolPath(record.id)
  }

  /// A body without a coding is its rows already.
  private func spoolPath(of id: String, _ coding: String?) -> String {
    coding == nil ? spoolPath(id) : uploadPath(id)
  }
}
