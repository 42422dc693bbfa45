internal import CSQLite

/// What a statement takes and a column holds.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// The text, or NULL where there is none.
  public init(_ text: String?) { self = text.map(Value.text) ?? .null }

  /// The number, or NULL where there is none.
  public init(_ number: Int64?) { self = number.map(Value.integer) ?? .null }

  /// The number, or NULL where there is none.
  public init(_ number: Double?) { self = number.map(Value.real) ?? .null }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int64) { self = .integer(number) }
  public init(nilLiteral: ()) { self = .null }
}

/// The row that a statement stands on; it can't leave the closure it is lent to.
public struct Row: ~Copyable {
  let statement: OpaquePointer

  public func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }

  /// The column's text; empty for NULL.
  public func text(_ column: Int) -> String {
    utf8(column) { (bytes: Span<UInt8>) in
      bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The column's text; nil for NULL.
  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

  public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }

  public func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

  /// The column's value in its storage class.
  public func value(_ column: Int) -> Value {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .null
    }
  }

  public func blob(_ column: Int) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return Array(
      UnsafeRawBufferPointer(
        start: sqlite3_column_blob(statement, Int32(column)), count: count))
  }

  /// Lends the column's text as SQLite holds it, copying nothing; empty for NULL.
  public func utf8<T>(_ column: Int, _ read: (Span<UInt8>) -> T) -> T {
    // sqlite3_column_text before sqlite3_column_bytes: the first may convert, the second counts.
    let start = sqlite3_column_text(statement, Int32(column))
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return read(UnsafeBufferPointer(start: start, count: count).span)
  }
}

extension Row {
  /// The same row for a type that lends it on; it stands as long as this one does.
  public func lent() -> Row { Row(statement: statement) }
}
