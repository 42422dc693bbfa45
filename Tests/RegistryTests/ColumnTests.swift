import Foundation
import JSON
import Registry
import SQLite
import Testing
import Wire

/// Whatever is written, the columns in memory say what a scan of the tables says.
@Suite struct ColumnTests {
  private let folder: URL
  private let path: String
  private let registry: Registry
  private let admin: Key

  init() throws {
    folder = try temporaryFolder()
    path = folder.appending(path: "registry.db").path
    registry = try Registry(path: path)
    try registry.loadOwnData()
    let made = try registry.createKey(.admin, label: nil, expiresAt: nil)
    admin = try #require(try registry.key(made.key))
    for name in ["one", "two", "three"] {
      _ = try registry.create(
        .provider, .object([.init(name: "name", value: .string(name))]), by: admin)
    }
  }

  /// What the tables say of each facet: its values and their counts.
  private static let scans: [(facet: String, sql: SQL)] =
    [
      ("sector", "SELECT sector, count(*) FROM credential WHERE"),
      ("provider", "SELECT provider, count(*) FROM credential WHERE"),
      ("credit_system", "SELECT credit_system, count(*) FROM credential WHERE"),
      ("status", "SELECT status, count(*) FROM credential WHERE"),
      (
        "stackable",
        "SELECT iif(stackable, 'true', iif(stackable IS NULL, NULL, 'false')), count(*) FROM credential WHERE"
      ),
      ("country", terms("SELECT number, value FROM credential, json_each(countries)", "countries")),
      (
        "participation",
        terms("SELECT number, value FROM credential, json_each(participation)", "participation")
      ),
      ("eqf_level", terms(eqfLevels, "levels")),
      (
        "missing",
        terms(
          "SELECT number, value FROM credential, json_each(standard_elements, '$.missing')",
          "standard_elements")
      ),
    ]

  private static let eqfLevels: SQL = """
    SELECT DISTINCT number, CAST(level.eqf_level AS TEXT) AS value
    FROM credential, json_each(levels) AS stated
      JOIN level ON level.code = (stated.value ->> '$.framework') || '-' || (stated.value ->> '$.level')
    WHERE level.eqf_level IS NOT NULL
    """

  /// What rows say of the member in `column`, whose values `values` tells by number.
  private static func terms(_ values: SQL, _ column: SQL) -> SQL {
    "SELECT iif(" + column + "IS NULL, NULL, coalesce(value, 'none')), count(*)"
      + "FROM credential LEFT JOIN (" + values
      + ") AS said ON said.number = credential.number WHERE"
  }

  private static let filters: [(parameter: String, value: Query.Alternative, sql: SQL)] = [
    ("sector", .value("C"), "sector = 'C'"), ("sector", .notStated, "sector IS NULL"),
    ("stackable", .value("true"), "stackable = 1"),
    ("workload_hours", .range("20", nil), "hours_max >= 20"),
    (
      "country", .value("IE"),
      "EXISTS (SELECT 1 FROM json_each(countries) AS country WHERE country.value = 'IE')"
    ),
    (
      "eqf_level", .range("2", "4"),
      "credential.number IN (SELECT number FROM (" + eqfLevels
        + ") WHERE value BETWEEN '2' AND '4')"
    ),
    ("created_at", .range("2001-01-01", nil), "created_at > 0"),
    ("description", .notStated, "description IS NULL"),
    ("slug", .value("first-aid"), "slug = 'first-aid'"),
  ]

  @Test(arguments: 1...4)
  func `facets and totals are those of a scan after every write`(seed: Int) throws {
    var random = Random(seed)
    var slugs: [String] = []
    for step in 0..<60 {
      // The columns follow several writes at once, too.
      for _ in 0...random.below(3) { try write(&random, &slugs) }
      let filter = Self.filters[random.below(Self.filters.count)]
      let field = try #require(Noun.credential.filter(filter.parameter))
      let facets = Self.scans.map(\.facet).filter { $0 != filter.parameter && $0 != "status" }
      let end = try registry.list(
        .credential,
        Query(
          conditions: [.init(field, [filter.value])], fields: [], counts: true,
          facets: facets.compactMap(Noun.credential.filter))
      ) { _ in }
      let database = try Connection(path: path, access: .readOnly)
      let left = "status = 'published' AND (" + filter.sql + ")"
      let total = try database.first("SELECT count(*) FROM credential WHERE" + left) {
        $0.integer(0)
      }
      try #require(end.total.map(Int64.init) == total, "\(filter.parameter), step \(step)")
      for facet in end.facets {
        let scan = try #require(Self.scans.first { $0.facet == facet.name })
        var said: [String: Int] = [:]
        let known = try database.all(scan.sql + left + "GROUP BY 1") { row in
          (row.optionalText(0) ?? "null", Int(row.integer(1)))
        }
        for count in facet.counts { said[text(count.value)] = count.count }
        try #require(said == Dictionary(uniqueKeysWithValues: known), "\(facet.name), step \(step)")
      }
    }
    // Words and terms are as the rows say, too.
    #expect(try CheckReport(of: path, .items).staleItems == [])
  }

  private func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { text } else { String(decoding: value.bytes, as: UTF8.self) }
  }

  private func write(_ random: inout Random, _ slugs: inout [String]) throws {
    switch random.below(10) {
    case 0 where !slugs.isEmpty:
      let slug = slugs.remove(at: random.below(slugs.count))
      try registry.publishAndWithdraw(slug, by: admin)
    case 1...4 where !slugs.isEmpty:
      _ = try registry.patch(
        .credential, slugs[random.below(slugs.count)], document(&random), ifAt: { _ in true },
        by: admin)
    case 5:
      // What is refused leaves nothing behind.
      #expect(throws: RegistryError.self) {
        _ = try registry.create(
          .credential, .object([.init(name: "sector", value: "C")]), by: admin)
      }
    case 6:
      try registry.loadOwnData()
    default:
      let written = try registry.create(.credential, document(&random), by: admin)
      slugs.append(written.slug)
    }
  }

  private func document(_ random: inout Random) -> JSONValue {
    var members: [JSONValue.Member] = [.init(name: "title", value: "First aid")]
    func add(_ name: String, _ values: [JSONValue]) {
      // Now and then a member is left out, and so not stated.
      let index = random.below(values.count + 1)
      members.append(.init(name: name, value: index < values.count ? values[index] : .null))
    }
    add("provider", ["one", "two", "three"])
    add("sector", ["C", "I", "Q"])
    add("status", ["published", "published", "published", "draft"])
    add("integration", ["stand_alone", "stackable", "both"])
    add("countries", [.array([]), .array(["IE"]), .array(["IE", "DK"]), .array(["LV"])])
    add("participation", [.array(["online"]), .array(["online", "in_person"])])
    add("description", [.object([.init(name: "en", value: "Help")])])
    add(
      "workload",
      [.object([.init(name: "hours", value: 8)]), .object([.init(name: "days", value: 3)])])
    add("credit", [.object([.init(name: "system", value: "none")])])
    let level: (JSONValue, JSONValue) -> JSONValue = { framework, level in
      .object([.init(name: "framework", value: framework), .init(name: "level", value: level)])
    }
    add(
      "levels", [.array([level("EQF", "3")]), .array([level("IE-NFQ", "6"), level("EQF", "5")])])
    return .object(members)
  }

  @Test func `what another process writes is seen at once`() throws {
    let query = Query(fields: [], counts: true)
    let before = try #require(try registry.list(.credential, query) { _ in }.total)
    let other = try Registry(path: path)
    _ = try other.create(.credential, .object([.init(name: "title", value: "New")]), by: admin)
    #expect(try registry.list(.credential, query) { _ in }.total == before + 1)
    _ = try registry.create(.credential, .object([.init(name: "title", value: "New")]), by: admin)
    #expect(try registry.list(.credential, query) { _ in }.total == before + 2)
    #expect(try other.list(.credential, query) { _ in }.total == before + 2)
  }

  @Test func `a reader sees its moment, however far the columns have followed since`() throws {
    let query = Query(fields: [], counts: true)
    let reader = try registry.handle()
    let before = try #require(try registry.list(.credential, query) { _ in }.total)
    func create() throws {
      _ = try registry.create(.credential, .object([.init(name: "title", value: "New")]), by: admin)
    }
    try create()
    reader.beginBatch()
    // A question that asks no columns has the reader's transaction begin.
    #expect(throws: RegistryError.self) { try reader.item(.credential, "nothing") { _ in } }
    for count in 2...4 {
      try create()
      #expect(try registry.list(.credential, query) { _ in }.total == before + count)
    }
    #expect(try reader.list(.credential, query) { _ in }.total == before + 1)
    reader.endBatch()
    #expect(try reader.list(.credential, query) { _ in }.total == before + 4)
  }

  @Test func `a check names a table with a row that breaks the schema's rules`() throws {
    do {
      let database = try Connection(path: path)
      try database.run("PRAGMA ignore_check_constraints = 1")
      try database.run("UPDATE credential SET countries = '{}' WHERE number = 1")
    }
    #expect(try CheckReport(of: path, .items).damages == ["CHECK constraint failed in credential"])
  }

  @Test
  func `a check finds what is kept beside the rows and isn't as they say, and repair mends it`()
    throws
  {
    do {
      let database = try Connection(path: path)
      try database.run(
        "INSERT INTO credential_awarding_body VALUES ('nobody', 1)")
      try database.run("DELETE FROM provider_text")
      try database.run("UPDATE credential SET standard_elements = '{}' WHERE number = 3")
      try database.run("UPDATE credential SET title_en = 'X', hours_min = 1 WHERE number = 2")
    }
    let stale = try CheckReport(of: path, .items).staleItems
    #expect(
      stale.contains(
        "credential quality-management-system-and-welding-coordination: title in English, least hours out of date"
      ), "\(stale)")
    #expect(stale.count == 3 + 1 + 1 + 1)
    #expect(try !CheckReport(of: path, .items).isSound)
    #expect(try registry.repair() == stale.count)
    #expect(try CheckReport(of: path, .items).isSound)
    #expect(try registry.repair() == 0)
  }
}
