import Foundation
import JSON
import Registry
import SQLite
import Testing
import Wire

/// Whatever is written and whatever was asked before, a search is what a scan of the indexes says.
@Suite struct SearchTests {
  private let path: String
  private let registry: Registry
  private let admin: Key

  /// Words in more rows of each zone than are ranked, and in fewer.
  init() throws {
    let folder = try temporaryFolder()
    path = folder.appending(path: "registry.db").path
    registry = try Registry(path: path)
    try registry.loadOwnData()
    let made = try registry.createKey(.admin, label: nil, expiresAt: nil)
    admin = try #require(try registry.key(made.key))
    _ = try registry.create(
      .provider, .object([.init(name: "name", value: "Guild of brazing")]), by: admin)
    let database = try Connection(path: path)
    try database.run(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2600)
      INSERT INTO credential
        (id, slug, kind, status, title, description, sector, provider, workload, hours_min, hours_max,
         standard_elements, version, created_at, updated_at)
      SELECT 'id-' || n, 'slug-' || n, 'unit', iif(n % 7, 'published', 'draft'),
        json_object('en', iif(n % 2, 'Practice of brazing', 'Copper') || iif(n % 1000, '', ' rivets')),
        iif(n % 3, json_object('en', 'Brazing in practice'), NULL),
        substr('CIQ', 1 + n % 3 * (n % 400 > 0), 1), iif(n % 5, NULL, 'guild-of-brazing'),
        json_object('hours', n % 37), n % 37, n % 37, '{}', 1, n, n
      FROM numbers
      """)
    try database.run(
      """
      INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
      SELECT number, title, provider, learning_outcomes, description FROM credential_words
      WHERE number IN (SELECT number FROM credential WHERE kind = 'unit')
      """)
    try database.run(
      """
      INSERT INTO credential_title (rowid, title) SELECT rowid, title FROM credential_text
      WHERE rowid IN (SELECT number FROM credential WHERE kind = 'unit')
      """)
    try database.run("UPDATE revision SET number = number + 1")
  }

  private static let words = [
    "brazing", "brazing practice", "braz*", "practice", "copper", "rivets", "guild",
    "\"of brazing\"",
    "anything", "b*", "braz* p*",
  ]
  private static let filters: [(parameter: String, value: Query.Alternative, sql: SQL)] = [
    ("sector", .value("C"), "sector = 'C'"), ("sector", .value("I"), "sector = 'I'"),
    ("sector", .value("Q"), "sector = 'Q'"), ("sector", .value("A"), "sector = 'A'"),
    ("kind", .value("unit"), "kind = 'unit'"), ("description", .notStated, "description IS NULL"),
    ("workload_hours", .value("5"), "hours_max = 5"), ("slug", .value("slug-9"), "slug = 'slug-9'"),
  ]

  @Test(arguments: 1...3)
  func `a search is what a scan says, before and after every write`(seed: Int) throws {
    var random = Random(seed)
    for step in 0..<60 {
      if step % 3 == 2 { try write(&random) }
      let words = Self.words[random.below(Self.words.count)]
      let filter = Self.filters[random.below(Self.filters.count)]
      let scan = try scanned(words, filter.sql)
      let asked = "\(words), \(filter.parameter) \(filter.value), step \(step)"
      try #require(try listed(words, filter, random.below(2) == 0 ? 300 : 3000) == scan, "\(asked)")
      let query = try query(words, filter, 1, counts: true)
      let total = try registry.list(.credential, query) { _ in }.total
      try #require(total == scan.count, "\(asked), counted")
    }
  }

  @Test func `indexes of words are put together, and find what they found`() throws {
    // As many words again, of rows that aren't there.
    try Connection(path: path).run(
      "INSERT INTO credential_text (rowid, title) SELECT number + 20000, 'Word' || number FROM credential"
    )
    let filter = Self.filters[0]
    let before = try listed("brazing", filter, 3000)
    #expect(try pieces() > 1)
    while try registry.mergeWords() {}
    #expect(try pieces() == 1)
    #expect(try listed("brazing", filter, 3000) == before)
    #expect(try scanned("brazing", filter.sql) == before)
  }

  private func pieces() throws -> Int64 {
    try Connection(path: path, access: .readOnly).first(
      "SELECT count(DISTINCT segid) FROM credential_text_idx"
    ) { row in row.integer(0) } ?? 0
  }

  private func query(
    _ words: String, _ filter: (parameter: String, value: Query.Alternative, sql: SQL),
    _ limit: Int,
    counts: Bool = false
  ) throws -> Query {
    let q = try #require(Noun.credential.filter("q"))
    let field = try #require(Noun.credential.filter(filter.parameter))
    let slug = try #require(Noun.credential.field("slug"))
    return Query(
      conditions: [.init(q, [.value(words)]), .init(field, [filter.value])], fields: [slug],
      limit: limit, counts: counts)
  }

  /// All pages.
  private func listed(
    _ words: String, _ filter: (parameter: String, value: Query.Alternative, sql: SQL), _ limit: Int
  ) throws -> [String] {
    var listed: [String] = []
    var query = try query(words, filter, limit)
    repeat {
      query.cursor = try registry.list(.credential, query) { listed.append($0.cell(0)) }.next
    } while query.cursor != nil
    return listed
  }

  /// By the promise: those with the words in the title, then the others; the first 500 of each ranked.
  private func scanned(_ words: String, _ filter: SQL) throws -> [String] {
    let database = try Connection(path: path, access: .readOnly)
    var slugs: [String] = []
    for (table, zone) in [
      ("credential_title", "TRUE"), ("credential_text", "standing >= 1 << 30"),
    ] as [(SQL, SQL)] {
      let rows = try database.all(
        "SELECT slug, standing, number FROM (SELECT rowid AS place, standing(" + table
          + ") AS standing FROM" + table + "WHERE" + table
          + "MATCH ?1) JOIN credential ON number = place WHERE status = 'published' AND" + zone
          + "AND (" + filter + ") ORDER BY number", .text(words)
      ) { row in (row.text(0), row.integer(1), row.integer(2)) }
      if words.hasSuffix(" p*") || words == "b*", table != "credential_title" {
        // A letter says too little to rank by.
        slugs += rows.map(\.0)
        continue
      }
      slugs += rows.prefix(500).sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
      slugs += rows.dropFirst(500).map(\.0)
    }
    return slugs
  }

  private func write(_ random: inout Random) throws {
    let slug = "slug-\(1 + random.below(2600))"
    func text(_ name: String, _ value: String) -> JSONValue {
      .object([.init(name: name, value: .string(value))])
    }
    switch random.below(12) {
    case 0:
      let name = ["Guild of brazing", "Guild of copper"][random.below(2)]
      _ = try registry.patch(
        .provider, "guild-of-brazing", text("name", name), ifAt: { _ in true }, by: admin)
    case 1...3:
      _ = try registry.create(.credential, text("title", "Rivets and brazing"), by: admin)
    case 4...6:
      try registry.publishAndWithdraw(slug, by: admin)
    default:
      let title = ["Copper", "Brazing practice", "Weaving"][random.below(3)]
      _ = try registry.patch(
        .credential, slug, text("title", title), ifAt: { _ in true }, by: admin)
    }
  }
}
