import HTTPTypes
import Testing
import Wire

@Suite("GET /v1/credentials/aggregate") struct AggregateTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func groups(_ query: String) throws -> [[String: JSON]] {
    let answer = try api.get("/v1/credentials/aggregate?\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items.map(\.members) ?? []
  }

  @Test func `groups count what the same filters list`() throws {
    for sector in try groups("group_by=sector") {
      let code = sector["sector"]?.string ?? "null"
      let listed = try api.get("/v1/credentials?sector=\(code)&count=exact").json["total"]
      #expect(sector["count"] == listed)
    }
    #expect(
      try groups("group_by=country,sector&sector=C").allSatisfy { $0["sector"] == .string("C") })
  }

  @Test func `what isn't stated is a group of its own`() throws {
    #expect(try groups("group_by=stackable").contains { $0["stackable"] == .null })
  }

  @Test func `measures are over what is stated`() throws {
    let groups = try groups(
      "group_by=sector&sector=C&measures=count,workload_hours.min,workload_hours.max,workload_hours.avg"
    )
    #expect(groups.count == 1)
    #expect(groups[0]["workload_hours.min"] == .number(22.5))
    #expect(groups[0]["workload_hours.max"] == .number(448))
    // 22.5, 448, 150, 60 to 70 and 125.
    #expect(groups[0]["workload_hours.avg"] == .number(162.1))
  }

  /// The deck's table: eight rows, of which each states something else.
  @Test func `the deck's mapped credentials, by sector and mode, and what they state`() throws {
    #expect(
      try api.get("/v1/credentials/aggregate.csv?group_by=sector,participation").text == """
        sector,participation,count\r
        C,in_person,5\r
        C,blended,3\r
        ,in_person,2\r
        C,online,1\r

        """)
    #expect(
      try api.get(
        "/v1/credentials/aggregate.csv?group_by=sector&measures=count,title.stated,workload.stated,workload_hours.stated,workload.share,highly_targeted.stated"
      ).text == """
        sector,count,title.stated,workload.stated,workload_hours.stated,workload.share,highly_targeted.stated\r
        C,6,4,6,5,1,2\r
        ,2,0,1,0,0.5,1\r

        """)
  }

  @Test func `countries by policy stage`() throws {
    let answer = try api.get("/v1/countries/aggregate.csv?group_by=policy_stage&policy_stage=!null")
    #expect(
      answer.text == """
        policy_stage,count\r
        initial_discussion,9\r
        legislation,4\r
        advanced_discussion,3\r

        """)
  }

  /// "23 of 39" is the deck's figure; the credentials that it counted aren't in it.
  @Test func `how many describe their learning outcomes is one question`() throws {
    let fields = try api.provider().fields
    for number in 1...39 {
      let outcomes = #""learning_outcomes": [{"text": "Weld"}],"#
      let level = #""levels": [{"framework": "EQF", "level": "\#(1 + number % 6)"}],"#
      let body =
        #"{\#(number <= 23 ? outcomes : "") \#(number <= 30 ? level : "") "title": "Welding \#(number)", "sector": "C", "countries": ["DK"]}"#
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      try #require(answer.status == 201, "\(answer.text)")
    }
    for group in ["provider", "country", "sector"] {
      let rows = try groups(
        "group_by=\(group)&provider=welding-school&measures=count,learning_outcomes.stated,learning_outcomes.share"
      )
      #expect(rows.count == 1)
      #expect(rows[0]["count"] == .number(39))
      #expect(rows[0]["learning_outcomes.stated"] == .number(23))
      #expect(rows[0]["learning_outcomes.share"] == .number(23.0 / 39))
    }
    let missing = try groups("group_by=missing&missing=learning_outcomes&provider=welding-school")
    #expect(missing.first { $0["missing"] == "learning_outcomes" }?["count"] == .number(16))
    // The deck: most that have a level are at 2 to 5.
    let levels = try groups(
      "group_by=eqf_level&eqf_level=2..5&sort=eqf_level&provider=welding-school")
    #expect(levels.map { $0["eqf_level"] } == ["2", "3", "4", "5"])
    #expect(levels.allSatisfy { $0["count"] == .number(5) })
  }

  @Test func `measures of numbers are over what is stated, a range with its middle`() throws {
    // 22.5, 448, 150, 60 to 70 and 125.
    let row = try groups(
      "group_by=sector&sector=C&measures=workload_hours.sum,workload_hours.median,workload_hours.stated,credit_points.avg,credit_points.sum"
    )[0]
    #expect(row["workload_hours.sum"] == .number(810.5))
    #expect(row["workload_hours.median"] == .number(125))
    #expect(row["workload_hours.stated"] == .number(5))
    #expect(row["credit_points.avg"] == .null)
    #expect(row["credit_points.sum"] == .number(0))
  }

  @Test func `distinct counts values, not items`() throws {
    let rows = try groups("group_by=sector&measures=country.distinct,participation.distinct")
    // FR, DK, the seven of row 5, of which FR is known, and MT.
    #expect(rows[0]["country.distinct"] == .number(9))
    #expect(rows[0]["participation.distinct"] == .number(3))
  }

  @Test func `having keeps groups by their figures, and sort orders them`() throws {
    #expect(try groups("group_by=country&having=count:2..").map { $0["country"] } == [.null, "FR"])
    #expect(
      try groups("group_by=country&having=workload_hours.avg:100..200").map { $0["country"] } == [
        "MT"
      ])
    #expect(
      try groups("group_by=sector,country&sort=-country,sector&limit=2").map { $0["country"] }
        == ["TR", "PT"])
    #expect(
      try groups("group_by=sector&sort=workload_hours.avg").map { $0["sector"] } == [.null, "C"])
    #expect(
      try groups("group_by=sector&sort=-workload_hours.avg").map { $0["sector"] } == ["C", .null])
  }

  @Test func `the same as CSV`() throws {
    let answer = try api.get("/v1/credentials/aggregate.csv?group_by=sector&country=DK")
    #expect(answer.text == "sector,count\r\nC,1\r\n")
  }

  @Test(arguments: [
    ("", "group_by"), ("group_by=secter", "group_by"), ("group_by=title", "group_by"),
    ("group_by=country&measures=avg", "measures"), ("group_by=country&sort=title", "sort"),
    ("group_by=country,country", "group_by"), ("group_by=country&sector=CC", "sector"),
    ("group_by=country&having=count", "having"), ("group_by=country&having=count:many", "having"),
    ("group_by=country&having=title.avg:1..", "having"), ("group_by=a,b,c,d", "group_by"),
    ("group_by=country&sort=sector", "sort"),
  ])
  func `what can't be understood is a 400`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/credentials/aggregate?\(query)")
    #expect(answer.status == 400)
    #expect(Set(answer.places) == [parameter])
  }
}
