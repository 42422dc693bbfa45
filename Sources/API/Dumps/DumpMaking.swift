public import Registry

/// What a dump tells, each by the name of its list.
private let dumpedNouns: [(String, Noun)] = [
  ("sources", .source), ("vocabularies", .vocabulary), ("countries", .country),
  ("statements", .statement), ("frameworks", .framework), ("levels", .level),
  ("sectors", .sector), ("fields", .field), ("occupations", .occupation),
  ("languages", .language), ("observations", .observation), ("findings", .finding),
  ("providers", .provider), ("credentials", .credential), ("stacking-rules", .stackingRule),
]

private let databaseName = "cairn.sqlite"

extension Registry {
  /// Puts what everyone may see into a new dump of `folder`, which then keeps so many.
  ///
  /// All of its files are written from one copy of one moment, so they agree, and nobody waits while they are. It takes
  /// minutes for a million items, and as much memory as for a thousand.
  @discardableResult
  public func dump(
    into folder: DumpFolder, version: String, keeping count: Int
  ) throws -> Dump {
    let draft = try folder.begin(at: now)
    let path = draft.path(of: databaseName)
    let place = try copyPublic(to: path)
    do {
      let copy = try Registry(path: path)
      for (name, noun) in dumpedNouns { try copy.write(noun, name, to: draft) }
      try copy.writeChanges(to: draft)
    }
    try draft.addDatabase(databaseName)
    return try draft.publish(upTo: place, version: version, keeping: count)
  }

  private func write(_ noun: Noun, _ name: String, to draft: DumpDraft) throws {
    let lines = try CompressedFile("\(name).ndjson.gz", in: draft)
    let table = try CompressedFile("\(name).csv.gz", in: draft)
    try table.append(csvHeader(noun.members))
    try each(noun) { record throws(RegistryError) in
      try lines.append(row: line(record))
      var csv = CSVWriter()
      csv.record(record, [])
      try table.append(row: csv.bytes)
    }
    try lines.finish()
    try table.finish()
  }

  /// The changes as the feed tells them to anyone.
  private func writeChanges(to draft: DumpDraft) throws {
    let lines = try CompressedFile("changes.ndjson.gz", in: draft)
    let table = try CompressedFile("changes.csv.gz", in: draft)
    try table.append(csvHeaderOfChanges)
    var query = FeedQuery(limit: 1000)
    while true {
      var page: [(line: [UInt8], record: [UInt8])] = []
      var bytes = 0
      let end = try changes(query, while: { bytes < fullPiece }) { change in
        page.append((line(change), csvRecord(change)))
        bytes += page.last?.line.count ?? 0
      }
      for change in page {
        try lines.append(row: change.line)
        try table.append(row: change.record)
      }
      if !end.hasMore { break }
      query.since = end.last
    }
    try lines.finish()
    try table.finish()
  }
}
