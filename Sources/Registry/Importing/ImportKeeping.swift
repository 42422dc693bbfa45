internal import Dispatch
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

// What is done about imports without anybody's asking.
extension Registry {
  /// Goes on with the imports that this process's forerunner left, and from now on lets go each hour what is over;
  /// `failed` is told of one, by its id, whenever that has to wait.
  public func keepImports(
    _ failed: @escaping @Sendable (_ id: String, RegistryError) -> Void
  ) throws(RegistryError) {
    let left = try openImports()
    removeSpools(besides: left)
    for record in left {
      // One that fails keeps nobody from being served.
      do throws(RegistryError) { try takeUp(record) { failed(record.id, $0) } } catch {
        failed(record.id, error)
      }
    }
    forgetHourly()
  }

  private func takeUp(
    _ record: Import, _ failed: @escaping @Sendable (RegistryError) -> Void
  ) throws(RegistryError) {
    guard unsafe access(spoolPath(record), F_OK) == 0 else { return try lose(record) }
    guard record.state == .applying else { return }
    let kept: KeptImport
    do throws(RegistryError) { kept = try goOn(record) } catch {
      // What this program doesn't read as rows it won't at its next start; anything else may pass until then.
      if error.violations != nil { try lose(record) }
      throw error
    }
    kept.continueInBackground(failed)
  }

  private func goOn(_ record: Import) throws(RegistryError) -> KeptImport {
    let order = try order(record, ImportQuota())
    let spool = try Spool(path: spoolPath(record.id), .more)
    let run = try ImportRun(
      spool, as: order.kind, order.options, by: order.author, into: self, from: record.offset,
      line: record.line + 1, record.counts)
    return KeptImport(record.id, run, spool, work)
  }

  /// The rest of it is lost: a backup hasn't its file, or this program doesn't read that.
  private func lose(_ record: Import) throws(RegistryError) {
    if record.state == .receiving { return try dropUpload(record) }
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE import SET state = 'lost', updated_at = ?2 WHERE id = ?1", .text(record.id),
          .integer(environment.now().milliseconds))
      }
    }
  }

  private func forgetHourly() {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(3600)) { [weak self] in
      // On a full disk there is the next hour.
      try? self?.forgetImports()
      self?.forgetHourly()
    }
  }

  /// Lets go what was over a day ago, and uploads with which nobody has gone on for a day.
  func forgetImports() throws(RegistryError) {
    let oldest = environment.now().milliseconds - 86_400_000
    for record in try openImports()
    where record.state == .receiving && record.updatedAt.milliseconds < oldest {
      try dropUpload(record, unlessUsedSince: Instant(milliseconds: oldest))
    }
    let isAny = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(
          "SELECT 1 FROM import WHERE updated_at < ?1 AND state IN ('done', 'refused', 'lost')",
          .integer(oldest)
        ) { _ in true }
      }
    }
    guard isAny != nil else { return }
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "DELETE FROM import WHERE updated_at < ?1 AND state IN ('done', 'refused', 'lost')",
          .integer(oldest))
      }
    }
  }

  /// What broke off before all of it had come belongs to nobody, unless it is an upload.
  private func removeSpools(besides records: [Import]) {
    let kept = Set(records.flatMap { [spoolPath($0.id), uploadPath($0.id)] })
    for pattern in [spoolPath("*"), uploadPath("*")] {
      var found = unsafe glob_t()
      defer { unsafe globfree(&found) }
      guard unsafe glob(pattern, 0, nil, &found) == 0 else { continue }
      for index in 0..<Int(unsafe found.gl_pathc) {
        guard let name = unsafe found.gl_pathv[index] else { continue }
        let path = unsafe String(cString: name)
        if !kept.contains(path) { Spool.remove(path) }
      }
    }
  }
}
