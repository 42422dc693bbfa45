internal import CSQLite

/// `standing(t)`: how a row of the FTS5 table t holds the words asked for, the least being the best.
///
/// Bits 30 and up: the first column that, with those before it, has all of them. In a table of one
/// column, below: where the first of them stands, how far apart they are, and how many words there are,
/// ten bits each. Unlike bm25 it depends on nothing but the row, so it can be a key of pages, and it
/// needn't count all rows that match before it can say something of one.
func registerStanding(on connection: OpaquePointer) throws(SQLiteError) {
  var api: UnsafeMutablePointer<fts5_api>?
  var statement: OpaquePointer?
  // https://www.sqlite.org/fts5.html §7: the API is handed out through a pointer that is bound.
  var code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nil)
  defer { sqlite3_finalize(statement) }
  if code == SQLITE_OK {
    code = withUnsafeMutablePointer(to: &api) { place in
      sqlite3_bind_pointer(statement, 1, place, "fts5_api_ptr", nil)
    }
    sqlite3_step(statement)
  }
  guard code == SQLITE_OK, let api, let create = api.pointee.xCreateFunction else {
    throw SQLiteError(code == SQLITE_OK ? SQLITE_ERROR : code, on: connection)
  }
  code = create(api, "standing", nil, standing, nil)
  guard code == SQLITE_OK else { throw SQLiteError(code, on: connection) }
}

private let standing: fts5_extension_function = { api, row, context, _, _ in
  guard let api = api?.pointee, let row else { return }
  let phrases = api.xPhraseCount(row)
  var count: Int32 = 0
  var code = api.xInstCount(row, &count)
  var seen: Int32 = 0
  var column: Int32 = 0
  var (first, last): (Int32, Int32) = (.max, 0)
  var known: UInt64 = 0
  // Instances come in the order of their places, so a phrase's first is its best.
  for index in 0..<count where code == SQLITE_OK && seen < phrases {
    var (phrase, place, offset): (Int32, Int32, Int32) = (0, 0, 0)
    code = api.xInst(row, index, &phrase, &place, &offset)
    guard known & (1 << UInt64(phrase & 63)) == 0 else { continue }
    known |= 1 << UInt64(phrase & 63)
    seen += 1
    column = max(column, place)
    (first, last) = (min(first, offset), max(last, offset))
  }
  var standing = Int64(column) << 30
  if code == SQLITE_OK, api.xColumnCount(row) == 1, seen > 0 {
    var words: Int32 = 0
    code = api.xColumnSize(row, 0, &words)
    for (part, shift) in [(first, 20), (last - first, 10), (words, 0)] as [(Int32, Int64)] {
      standing |= Int64(min(max(part, 0), 1023)) << shift
    }
  }
  guard code == SQLITE_OK else { return sqlite3_result_error_code(context, code) }
  sqlite3_result_int64(context, standing)
}
