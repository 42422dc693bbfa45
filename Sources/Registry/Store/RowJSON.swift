internal import JSON
internal import SQLite

extension Row {
  /// The JSON that a column holds; null for NULL.
  borrowing func json(_ column: Int) -> JSONValue {
    (try? JSONValue(parsing: Array(text(column).utf8))) ?? .null
  }
}
