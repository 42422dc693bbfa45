internal import CSQLite

/// What the SQL function `chosen(number)` looks at: rows that are known to be wanted before a statement
/// runs, a bit each, so that a walk through an index passes over the others without reading them.
final class ChosenRows {
  /// Stand while `Connection.choosing` runs.
  var words = UnsafeBufferPointer<UInt64>(start: nil, count: 0)
  var asked = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)

  /// The connection owns this, and outlives its functions.
  func register(on connection: OpaquePointer) throws(SQLiteError) {
    let code = sqlite3_create_function_v2(
      connection, "chosen", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
      Unmanaged.passUnretained(self).toOpaque(), isChosen, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: connection) }
  }
}

private let isChosen:
  @convention(c) (
    OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
  ) -> Void = { context, _, values in
    guard let rows = sqlite3_user_data(context), let value = values?.pointee else { return }
    let chosen = Unmanaged<ChosenRows>.fromOpaque(rows).takeUnretainedValue()
    let number = sqlite3_value_int64(value)
    let (word, bit) = Int(number).quotientAndRemainder(dividingBy: 64)
    guard number >= 0, word < chosen.words.count else { return sqlite3_result_int(context, 0) }
    chosen.asked[word] |= 1 << UInt64(bit)
    sqlite3_result_int(context, chosen.words[word] >> UInt64(bit) & 1 == 1 ? 1 : 0)
  }

extension Connection {
  /// Runs `work`; in it, `chosen(number)` is true of the numbers whose bits are set in `words`.
  ///
  /// Answers the numbers that it was asked about, of as many as there are bits: a walk that came to its end
  /// has met them all.
  @discardableResult
  public func choosing(
    _ words: [UInt64], _ work: () throws(SQLiteError) -> Void
  ) throws(SQLiteError) -> [UInt64] {
    var asked = [UInt64](repeating: 0, count: words.count)
    try words.withUnsafeBufferPointer { (words) throws(SQLiteError) in
      try asked.withUnsafeMutableBufferPointer { (asked) throws(SQLiteError) in
        chosen.words = words
        chosen.asked = asked
        defer {
          chosen.words = UnsafeBufferPointer(start: nil, count: 0)
          chosen.asked = UnsafeMutableBufferPointer(start: nil, count: 0)
        }
        try work()
      }
    }
    return asked
  }
}
