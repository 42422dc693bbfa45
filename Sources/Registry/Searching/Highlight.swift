internal import SQLite

/// A text in which the words that were searched for are marked.
struct Highlight: Equatable {
  /// The column it comes from: a member's name, or `provider` for the names of who awards it.
  let column: String
  /// HTML that is safe to show: the text's own markup is escaped, the words stand in `<mark>`.
  let html: String
}

extension SearchWords {
  /// The first text of each column in which the words occur.
  func highlights(
    in number: Int64, _ database: borrowing Connection
  ) throws(SQLiteError) -> [Highlight] {
    let table = index.all
    let marked: [SQL] = ["0", "1", "2", "3"].prefix(index.columns.count).map { column in
      "highlight(" + table + "," + column + ", char(2), char(3))"
    }
    let sql: SQL =
      "SELECT" + marked.joined(",") + "FROM" + table + "WHERE" + table + "MATCH ? AND rowid = ?"
    var highlights: [Highlight] = []
    try database.each(sql, [.text(expression), .integer(number)]) { row in
      for (place, column) in index.columns.enumerated() {
        guard let text = MarkedText.first(in: row.text(place)) else { continue }
        highlights.append(Highlight(column: column, html: text.excerpt(most: 240).html))
      }
    }
    return highlights
  }
}

/// A text with U+0002 before and U+0003 behind each word that was searched for.
struct MarkedText {
  private static let open: Unicode.Scalar = "\u{2}"
  private static let close: Unicode.Scalar = "\u{3}"
  private let scalars: [Unicode.Scalar]

  /// The first of a column's texts in which something is marked.
  static func first(in column: String) -> MarkedText? {
    let texts = column.unicodeScalars.split(separator: textSeparator)
    return texts.first { $0.contains(Self.open) }.map { MarkedText(scalars: Array($0)) }
  }

  /// The text without its marks.
  var plain: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.filter { $0 != Self.open && $0 != Self.close })
    return String(text)
  }

  /// What is marked, in its order.
  var marked: [String] {
    scalars.split(separator: Self.open).dropFirst(scalars.first == Self.open ? 0 : 1).map { part in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: part.prefix { $0 != Self.close })
      return String(text)
    }
  }

  /// At most about `most` characters around the first mark, cut between words.
  func excerpt(most: Int) -> MarkedText {
    guard scalars.count > most, let mark = scalars.firstIndex(of: Self.open) else { return self }
    var start = max(0, mark - most / 3)
    if start > 0 { start = scalars[start..<mark].firstIndex(of: " ").map { $0 + 1 } ?? mark }
    var end = min(scalars.count, start + most)
    if end < scalars.count {
      end = scalars[(mark + 1)..<max(end, mark + 1)].lastIndex(of: " ") ?? end
    }
    let before: [Unicode.Scalar] = start > 0 ? ["…", " "] : []
    let after: [Unicode.Scalar] = end < scalars.count ? [" ", "…"] : []
    return MarkedText(scalars: before + scalars[start..<end] + after)
  }

  /// As HTML: whatever the text holds, its marks come in pairs and nothing else is markup.
  var html: String {
    var html = String.UnicodeScalarView()
    var isOpen = false
    for scalar in scalars {
      switch scalar {
      case Self.open:
        if !isOpen { html.append(contentsOf: "<mark>".unicodeScalars) }
        isOpen = true
      case Self.close:
        if isOpen { html.append(contentsOf: "</mark>".unicodeScalars) }
        isOpen = false
      case "&": html.append(contentsOf: "&amp;".unicodeScalars)
      case "<": html.append(contentsOf: "&lt;".unicodeScalars)
      case ">": html.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": html.append(contentsOf: "&quot;".unicodeScalars)
      case "'": html.append(contentsOf: "&#39;".unicodeScalars)
      default: html.append(scalar)
      }
    }
    if isOpen { html.append(contentsOf: "</mark>".unicodeScalars) }
    return String(html)
  }
}
