internal import SQLite

/// Which columns a noun has in memory, made from its fields: one for each member that filters by codes
/// or numbers, and one that says of all others whether they are stated.
struct ColumnLayout: Sendable {
  struct Column: Sendable {
    /// The member; nil for the column of what else is stated.
    let field: Field?
    let source: Source
  }

  /// Where a row's values are, by the columns of `sql`.
  enum Source: Sendable {
    case text(Int)
    case flag(Int)
    case integer(Int)
    case json(Int, Terms)
    case range(low: Int, high: Int)
    /// The names of those members that aren't null.
    case stated([(name: String, column: Int)])
  }

  let columns: [Column]
  /// Members that are moments, kept as they are.
  let moments: [(field: Field, column: Int)]
  /// What is selected of a row: its number, then what the sources say.
  let selected: SQL
  private let indices: [String: Int]

  init(_ noun: Noun) {
    var sql: [SQL] = [noun.keyIsNumber ? noun.key : "0"]
    func column(_ part: SQL) -> Int {
      if let index = sql.firstIndex(of: part) { return index }
      sql.append(part)
      return sql.count - 1
    }
    var columns: [Column] = []
    var stated: [(String, Int)] = []
    var moments: [(Field, Int)] = []
    for field in noun.fields where !noun.onRequest.contains(field.name) {
      let index = column(field.column)
      switch field.filter {
      case .domain: columns.append(Column(field: field, source: .text(index)))
      case .flag: columns.append(Column(field: field, source: .flag(index)))
      case .integer: columns.append(Column(field: field, source: .integer(index)))
      case .term(_, _, _, let terms):
        columns.append(Column(field: field, source: .json(index, terms)))
      case .range(let low, let high):
        columns.append(Column(field: field, source: .range(low: column(low), high: column(high))))
        stated.append((field.name, index))
      case .instant: moments.append((field, index))
      case .stated, .text: stated.append((field.name, index))
      case .words: break
      }
    }
    columns.append(Column(field: nil, source: .stated(stated)))
    self.columns = columns
    self.moments = moments
    selected = sql.joined(",")
    indices = Dictionary(
      columns.enumerated().map { ($0.element.field?.parameter ?? "", $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The column of the member that this parameter filters by.
  func index(_ parameter: String) -> Int? { indices[parameter] }

  /// The column of what else is stated.
  var statedIndex: Int { columns.count - 1 }
}
