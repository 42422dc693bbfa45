/// How an import goes about its rows.
public struct ImportOptions: Sendable, Equatable {
  public enum Format: String, Sendable, CaseIterable { case ndjson, csv }

  public enum Mode: String, Sendable, CaseIterable {
    /// All rows, or none.
    case atomic
    /// Each row by itself.
    case partial
  }

  /// What happens to a row whose provider has an item of its external id.
  public enum Conflict: String, Sendable, CaseIterable { case update, skip, fail }

  public var format: Format
  public var mode = Mode.partial
  public var onConflict = Conflict.update
  /// Only says what would happen.
  public var isDryRun = false
  /// Of bare texts.
  public var language = "en"
  /// The members that columns, or members, of other names stand for; "-" is nothing, and "*" all that stands for none.
  public var columns: [String: String] = [:]

  /// "-" where what stands for nothing is left out.
  var unknown: String? { columns["*"] == "-" ? "-" : nil }

  /// What `printed` stands for in a file of `noun`s: a name that is known in the noun, or "-", or what it was.
  ///
  /// Headings are people's, so "Learning outcomes" is learning_outcomes.
  func name(_ printed: String, isKnown: (String) -> Bool) -> String {
    if let name = columns[printed] { return name }
    if isKnown(printed) { return printed }
    let plain = String(printed.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    if isKnown(plain) { return plain }
    return unknown ?? printed
  }

  /// What is wrong with columns that the sheet, which has those of these `names`, hasn't.
  func unmet(among names: Set<String>) -> [Violation] {
    columns.keys.filter { $0 != "*" && !names.contains($0) }.sorted().prefix(mostAtOnce).map {
      Violation(
        .parameter("map"),
        "The sheet has no column \(quoted($0)).\(didYouMean($0, Array(names)))")
    }
  }

  public init(format: Format) { self.format = format }

  /// "COLUMN=MEMBER" taken apart; a column's name may have equals signs of its own.
  public static func mapping(_ text: String) -> (column: String, member: String)? {
    guard let cut = text.lastIndex(of: "=") else { return nil }
    let (column, member) = (text[..<cut], text[text.index(after: cut)...])
    return column.isEmpty || member.isEmpty ? nil : (String(column), String(member))
  }
}

/// How many rows became what.
public struct ImportCounts: Sendable, Equatable {
  public internal(set) var created = 0
  public internal(set) var updated = 0
  /// They said what is there already.
  public internal(set) var unchanged = 0
  public internal(set) var skipped = 0
  public internal(set) var rejected = 0

  public init() {}

  public var rows: Int { created + updated + unchanged + skipped + rejected }
}
