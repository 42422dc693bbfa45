internal import JSON
internal import Resources
internal import SQLite

/// What a load did.
public struct LoadReport: Sendable, Equatable {
  /// Rows read, by file.
  public internal(set) var rows: [(file: String, count: Int)] = []

  public static func == (left: LoadReport, right: LoadReport) -> Bool {
    left.rows.elementsEqual(right.rows) { $0 == $1 }
  }
}

extension Registry {
  /// True before anything was loaded or written.
  public var isEmpty: Bool {
    get throws(RegistryError) {
      try read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in
          // An index may be damaged beside a table that isn't.
          try database.first(
            """
            SELECT NOT EXISTS (SELECT 1 FROM country) AND NOT EXISTS (SELECT 1 FROM provider NOT INDEXED)
              AND NOT EXISTS (SELECT 1 FROM credential NOT INDEXED)
            """
          ) { row in row.integer(0) == 1 }
        } ?? true
      }
    }
  }

  /// Loads the reference data and the deck's facts that the program carries.
  @discardableResult
  public func loadOwnData() throws(RegistryError) -> LoadReport {
    try load(Resources.data.map { ($0.name + ".csv", $0.text) })
  }

  /// Loads the vocabularies that the program carries, unless there is one: without their values nothing can be asked for.
  public func loadVocabularies() throws(RegistryError) {
    if try hasVocabularies { return }
    let names = ["vocabularies", "vocabularies_cairn", "annex1_elements"]
    try load(Resources.data.filter { names.contains($0.name) }.map { ($0.name + ".csv", $0.text) })
  }

  /// False before it was served, or loaded.
  public var hasVocabularies: Bool {
    get throws(RegistryError) {
      try read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in
          try database.first("SELECT 1 FROM vocabulary_value LIMIT 1") { _ in true }
        } ?? false
      }
    }
  }

  /// Loads files of Data/'s names and columns: all of them, or nothing.
  ///
  /// A row that is there already is brought up to date; loading the same files again changes nothing.
  @discardableResult
  public func load(_ files: [(name: String, text: String)]) throws(RegistryError) -> LoadReport {
    var tables: [String: CSVTable] = [:]
    for file in files {
      guard loadSteps.contains(where: { $0.file == file.name }) else {
        let known = loadSteps.map { $0.file }
        throw .unusable(
          "\(file.name) is none of the files a registry loads.\(didYouMean(file.name, known))")
      }
      tables[file.name] = try CSVTable(file.name, file.text)
    }
    let loaded = tables
    return try write { (database) throws(RegistryError) in
      var report = LoadReport()
      defer { database.known.forget() }
      for step in loadSteps {
        guard let table = loaded[step.file] else { continue }
        for (index, row) in table.rows.enumerated() {
          do throws(SQLiteError) {
            try step.load(Entry(row: row, position: index + 1, environment: environment), database)
          } catch {
            throw .unusable("\(step.file), line \(row.line): \(error.message)")
          }
        }
        report.rows.append((step.file, table.rows.count))
      }
      // National levels may have moved against the EQF, and credentials with them.
      database.touched.noteAll(Noun.credential.name)
      return report
    }
  }
}

/// One row of a file on its way into its table.
struct Entry {
  let row: CSVTable.Row
  /// From 1, in the order of the file.
  let position: Int
  let environment: Environment

  subscript(column: String) -> String? { row[column] }

  func text(_ column: String) -> Value { Value(row[column]) }

  func integer(_ column: String) -> Value { Value(row[column].flatMap { Int64($0) }) }

  func real(_ column: String) -> Value { Value(row[column].flatMap { Double($0) }) }

  /// NULL where the cell says neither yes nor no.
  func flag(_ column: String) -> Value {
    switch row[column] {
    case "true", "yes": 1
    case "false", "no": 0
    default: nil
    }
  }

  /// `name_en`, `name_fr`, … as a language map.
  func languageMap(_ column: String) -> Value {
    var members: [JSONValue.Member] = []
    for language in ["en", "fr", "de"] {
      if let text = row["\(column)_\(language)"] {
        members.append(.init(name: language, value: .string(text)))
      }
    }
    return members.isEmpty ? nil : .text(JSONValue.object(members).text)
  }

  /// The columns that are stated, as a JSON object; numbers and truths are such.
  func object(_ columns: [String]) -> Value {
    var members: [JSONValue.Member] = []
    for column in columns {
      guard let text = row[column] else { continue }
      let value: JSONValue =
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        default: Int64(text).map(JSONValue.integer) ?? .string(text)
        }
      members.append(.init(name: column, value: value))
    }
    return members.isEmpty ? nil : .text(JSONValue.object(members).text)
  }
}

struct LoadStep: Sendable {
  let file: String
  let load: @Sendable (Entry, borrowing Connection) throws(SQLiteError) -> Void

  init(
    _ file: String,
    _ load: @escaping @Sendable (Entry, borrowing Connection) throws(SQLiteError) -> Void
  ) {
    self.file = file
    self.load = load
  }
}

/// In an order in which every row finds what it refers to.
private let loadSteps = referenceSteps + statementSteps + observationSteps + [deckCredentialStep]
