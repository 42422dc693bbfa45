import Foundation
import Testing

@testable import Registry
@testable import SQLite
import Wire

/// No documented question of a list reads a big table from end to end, and none sorts one.
@Suite struct PlanTests {
  private let registry: Registry

  /// More rows than a sorted list looks up one by one, in three segments of the columns.
  init() throws {
    let folder = try temporaryFolder()
    let path = folder.appending(path: "registry.db").path
    registry = try Registry(path: path)
    try registry.loadOwnData()
    let database = try Connection(path: path)
    try database.run(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9000)
      INSERT INTO credential
        (id, slug, kind, status, title, title_en, countries, sector, workload, hours_min, hours_max,
         price, price_amount, levels, standard_elements, version, created_at, updated_at)
      SELECT 'id-' || n, 'slug-' || n, 'unit', 'published', json_object('en', 'Welding ' || n % 7), 'Welding ' || n % 7,
        '["DK"]',
        'C', iif(n % 5, json_object('hours', n % 37), NULL), iif(n % 5, n % 37, NULL),
        iif(n % 5, n % 37, NULL), iif(n % 3, json_object('amount', n % 11, 'currency', 'EUR'), NULL),
        iif(n % 3, n % 11, NULL), '[{"framework": "EQF", "level": "3"}]', '{}', 1, n * 7919 % 9001, n / 3
      FROM numbers
      """)
    try database.run("UPDATE revision SET number = number + 1")
  }

  /// What SQLite would do for each statement that reads `table` and was prepared so far.
  private func plans(_ table: String) throws -> [(sql: String, steps: [String])] {
    try registry.read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        var plans: [(String, [String])] = []
        for sql in database.kept.statements where sql.text.contains("FROM \(table) WHERE") {
          plans.append((sql.text, try database.all("EXPLAIN QUERY PLAN" + sql) { $0.text(3) }))
        }
        return plans
      }
    }
  }

  private static let filters: [(String, Query.Alternative)] = [
    ("country", .value("DK")), ("sector", .value("C")), ("nace", .value("25")),
    ("provider", .notStated), ("kind", .value("unit")), ("status", .value("withdrawn")),
    ("isced_f", .value("0715")), ("language", .value("da")), ("workload_hours", .range("5", nil)),
    ("credit_points", .range(nil, "5")), ("credit_system", .value("none")),
    ("eqf_level", .range("2", "5")), ("level", .value("EQF-3")), ("framework", .value("EQF")),
    ("participation", .value("online")), ("assessed_by", .notStated), ("stackable", .value("true")),
    ("rpl_use", .value("full_qualification")), ("price_amount", .range("1", "9")),
    ("missing", .value("learning_outcomes")), ("description", .notStated),
    ("created_at", .range("2001-01-01", nil)), ("updated_at", .range(nil, "2001-01-01")),
    ("slug", .value("slug-7")), ("external_id", .value("7")),
  ]

  @Test(arguments: [nil, "title", "workload", "credit", "price", "created_at", "updated_at"])
  func `lists walk along an index or look rows up, whatever the filter and the order`(
    sort: String?
  ) throws {
    for (parameter, value) in Self.filters {
      let field = try #require(Noun.credential.filter(parameter))
      for isDescending in [false, true] {
        var query = Query(
          conditions: [.init(field, [value])], fields: [], limit: 2)
        if let sort {
          query.order = [
            .init(try #require(Noun.credential.field(sort)), isDescending: isDescending)
          ]
        }
        let end = try registry.list(.credential, query) { _ in }
        query.cursor = end.next
        _ = try registry.list(.credential, query) { _ in }
      }
    }
    let plans = try plans("credential")
    #expect(!plans.isEmpty)
    for (sql, steps) in plans {
      // The few rows that the columns chose are sorted; many never are.
      let isFew = sql.contains("json_each")
      let mayWalk = sql.contains("ORDER BY")
      for step in steps where step.hasPrefix("SCAN credential ") {
        #expect(mayWalk && step.contains("USING"), "\(step): \(sql)")
      }
      for step in steps {
        #expect(isFew || !step.contains("TEMP B-TREE"), "\(step): \(sql)")
      }
    }
  }

  private static let sorted: [(sort: String, sql: SQL, filter: (String, Query.Alternative), SQL)] =
    [
      ("workload", "hours_min", ("sector", .value("C")), "sector = 'C'"),
      (
        "workload", "hours_min", ("workload_hours", .range("5", "30")), "hours_min BETWEEN 5 AND 30"
      ),
      ("price", "price_amount", ("price_amount", .range(nil, "6")), "price_amount <= 6"),
      ("price", "price_amount", ("kind", .value("unit")), "kind = 'unit'"),
      (
        "created_at", "created_at", ("created_at", .range(nil, "1970-01-01T00:00:02Z")),
        "created_at <= 2000"
      ),
      ("updated_at", "updated_at", ("sector", .value("C")), "sector = 'C'"),
      ("title", "title_en", ("sector", .value("C")), "sector = 'C'"),
    ]

  @Test(arguments: [false, true])
  func `a sorted list is what SQLite sorts, from its first page to its last`(
    isDescending: Bool
  ) throws {
    let slug = try #require(Noun.credential.field("slug"))
    for (sort, column, filter, condition) in Self.sorted {
      let order = try #require(Noun.credential.field(sort))
      let field = try #require(Noun.credential.filter(filter.0))
      var query = Query(
        conditions: [.init(field, [filter.1])], order: [.init(order, isDescending: isDescending)],
        fields: [slug], limit: 400)
      var listed: [String] = []
      repeat {
        query.cursor = try registry.list(.credential, query) { listed.append($0.cell(0)) }.next
      } while query.cursor != nil
      let by = isDescending ? column + "DESC, number DESC" : column + ", number"
      let sorted = try registry.read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in
          try database.all(
            "SELECT slug FROM credential WHERE status = 'published' AND (" + condition
              + ") ORDER BY" + by
          ) { row in row.text(0) }
        }
      }
      #expect(sorted.count > 1000)
      #expect(listed == sorted, "\(sort), \(filter)")
    }
  }

  @Test(arguments: [
    ["workload", "title"], ["-workload", "title"], ["title", "-price"], ["updated_at", "price"],
    ["-updated_at", "created_at"], ["-price", "workload", "-title"],
    ["price", "-title", "workload"],
  ])
  func `a list sorted by several members is what SQLite sorts, and meets no row in vain`(
    sorts: [String]
  ) throws {
    let columns: [String: SQL] = [
      "workload": "hours_min", "title": "title_en", "price": "price_amount",
      "updated_at": "updated_at", "created_at": "created_at",
    ]
    var (order, by): ([Query.Order], [SQL]) = ([], [])
    for sort in sorts {
      let isDescending = sort.hasPrefix("-")
      let name = isDescending ? String(sort.dropFirst()) : sort
      let column = try #require(columns[name])
      order.append(
        .init(try #require(Noun.credential.field(name)), isDescending: isDescending))
      by.append(isDescending ? column + "DESC" : column)
    }
    by.append(order[0].isDescending ? "number DESC" : "number")
    let unit = try #require(Noun.credential.filter("kind"))
    var query = Query(
      conditions: [.init(unit, [.value("unit")])], order: order,
      fields: [try #require(Noun.credential.field("slug"))], limit: 700)
    var listed: [String] = []
    repeat {
      query.cursor = try registry.list(.credential, query) { listed.append($0.cell(0)) }.next
    } while query.cursor != nil
    let sql = "SELECT slug FROM credential WHERE kind = 'unit' ORDER BY" + by.joined(",")
    let sorted = try registry.read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in try database.all(sql) { row in row.text(0) } }
    }
    #expect(sorted.count == 9000 && listed == sorted)
    for (sql, steps) in try plans("credential") where sql.contains("SELECT number") {
      for step in steps where step.hasPrefix("SCAN credential") {
        #expect(step.contains("INDEX credential_title_en"), "\(step): \(sql)")
      }
    }
  }

  @Test func `a country's figures are counted without reading a credential or a provider`() throws {
    let profile = try #require(Noun.country.withEverything)
    let figures = try #require(profile.field("figures"))
    let text = try registry.item(profile, "DK", [figures]) { $0.cell(0) }
    #expect(text.contains(#""credentials":9001,"stackable":"#), "\(text)")
    #expect(text.contains(#""credentials_by_kind":{"microcredential":1,"unit":9000}"#))
    try registry.read { (database) throws(RegistryError) in
      for sql in database.kept.statements {
        #expect(sql.text.firstMatch(of: /credential|provider/) == nil, "\(sql.text)")
      }
    }
  }

  @Test func `feeds walk on from their number, and histories look up their item's changes`() throws
  {
    let provider = try #require(Noun.change.filter("provider"))
    for conditions in [[], [Query.Condition(provider, [.notStated])]] {
      for viewer in [Viewer.anyone, .provider(slug: "a"), .admin] {
        _ = try registry.changes(FeedQuery(conditions, since: 3), for: viewer) { _ in }
      }
    }
    let slug = "mapped-microcredential-8"
    _ = try registry.history(.credential, slug) { _ in }
    let plans = try plans("change")
    #expect(plans.count == 8)
    for plan in plans {
      let wanted =
        if plan.sql.contains("item IN") {
          "SEARCH change USING INDEX change_item (noun=? AND item=?)"
        } else if plan.sql.contains("number = ?1") {
          "SEARCH change USING INTEGER PRIMARY KEY (rowid=?)"
        } else {
          "SEARCH change USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"
        }
      #expect(
        plan.steps.first { $0.contains("change") }?.hasPrefix(wanted) == true,
        "\(plan)")
    }
  }
}
