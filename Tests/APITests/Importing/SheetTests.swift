import Foundation
import HTTPTypes
import Testing
import Wire

/// Tables as people have them.
@Suite("POST /v1/credentials:import of CSV") struct SheetTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func send(_ bytes: [UInt8], _ query: String = "") throws -> [JSON] {
    var fields = try api.writer()
    fields["Content-Type"] = "text/csv; charset=utf-8"
    let answer = try api.respond(.post, "/v1/credentials:import" + query, fields, bytes: bytes)
    return answer.status == 200 ? answer.lines : [answer.json]
  }

  private func send(_ text: String, _ query: String = "") throws -> [JSON] {
    try send(Array(text.utf8), query)
  }

  @Test(arguments: [
    ("22.5 hours", #"{"hours": 22.5}"#), ("22,5 hours", #"{"hours": 22.5}"#),
    ("40", #"{"hours": 40}"#), ("40 h", #"{"hours": 40}"#), ("3 days", #"{"days": 3}"#),
    ("60-70 hours", #"{"hours_min": 60, "hours_max": 70}"#), ("0,125 h", #"{"hours": 0.125}"#),
    ("1500.125 h", #"{"hours": 1500.125}"#), ("1,5000 h", #"{"hours": 1.5}"#),
    ("60 – 70 hours", #"{"hours_min": 60, "hours_max": 70}"#), ("1 month", #"{"months": 1}"#),
    ("4 modules", #"{"modules": 4}"#), ("", "null"), ("NS", "null"),
    ("60-hour", #"{"hours": 60}"#), ("60 -70h", #"{"hours_min": 60, "hours_max": 70}"#),
  ])
  func `a workload is read as people write it`(cell: String, expected: String) throws {
    let lines = try send("title;workload\nOne;\(cell)\n")
    #expect(lines.first?["result"]?.string == "created", "\(lines)")
    let item = try api.get("/v1/credentials/one").json
    #expect(item["workload"] == (try JSONDecoder().decode(JSON.self, from: Data(expected.utf8))))
    #expect((item["not_specified"]?.items.isEmpty == false) == (cell == "NS"))
  }

  @Test(arguments: [
    "about a week", "1 500 hours", "1.234,5 hours", "1,500 hours", "1.500 hours", "5-22,500 h",
    "-5 hours", "3-4 days", "1-2-3", "60- hours", "60 -", "60--70 hours", "60 - hours",
    "60-70- hours",
  ])
  func `a workload that could mean two things is refused by its row`(cell: String) throws {
    let lines = try send("title\tworkload\nOne\t\(cell)\nTwo\t1 hour\n")
    #expect(lines.first?["line"]?.number == 2)
    #expect(lines.first?["errors"]?.items.first?["pointer"]?.string == "/workload")
    #expect(lines.dropFirst().first?["result"]?.string == "created")
  }

  @Test func `more months than there are numbers for are refused by their row`() throws {
    let lines = try send("title;validity\nOne;2 years\nTwo;9223372036854775807 years\n")
    #expect(lines.compactMap { $0["result"]?.string } == ["created", "rejected"])
    #expect(lines.dropFirst().first?["errors"]?.items.first?["pointer"] == "/validity")
    #expect(try api.get("/v1/credentials/one").json["validity"]?["months"] == 24)
  }

  @Test(arguments: [",", ";", "\t"])
  func `separators, a byte order mark and newlines in quotes are taken as they come`(
    _ separator: String
  )
    throws
  {
    let rows = [
      ["title", "description", "countries"], ["\"One\"", "\"two \"\"lines\"\"\r\nof it\"", "IE"],
      ["Two", "", "DK"],
    ]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
    let lines = try send("\u{FEFF}" + text)
    #expect(lines.prefix(2).compactMap { $0["line"]?.number } == [2, 4])
    let item = try api.get("/v1/credentials/one").json
    #expect(
      item["description"]?["en"]?.string == "two \"lines\"\r\nof it".replacing("\r", with: ""))
  }

  @Test(arguments: ["\n", "\r\n"])
  func `the line in which Excel states the separator is no header`(end: String) throws {
    let lines = try send(["sep=|", "title|note", "One|a, b; c"].joined(separator: end))
    #expect(lines.first?["line"]?.number == 3 && lines.first?["result"] == "created", "\(lines)")
    #expect(try api.get("/v1/credentials/one").json["note"] == "a, b; c")
  }

  @Test func `Windows-1252 is told apart by the row that shows it`() throws {
    let lines = try send(Array("title\nOne\nSchwei".utf8) + [0xDF] + Array("en\nThree\n".utf8))
    #expect(
      lines.prefix(3).compactMap { $0["result"]?.string } == ["created", "rejected", "created"])
    #expect(lines[1]["line"]?.number == 3)
    #expect(lines[1]["errors"]?.items.first?["detail"]?.string?.contains("Windows-1252") == true)
  }

  @Test func `members, their parts and their languages are columns`() throws {
    let lines = try send(
      """
      title,title.de,levels,credit,price,isced_f,validity,learning_outcomes,prerequisites,source.title,version
      One,Eins,EQF-4; IE-NFQ-6,5 ECTS,"1,5 EUR",0715; 0716,2 years,Welds | Cuts,none,A list,9
      """)
    #expect(lines.first?["result"]?.string == "created", "\(lines)")
    let item = try api.get("/v1/credentials/one").json
    #expect(item["title"]?["de"]?.string == "Eins")
    #expect(item["levels"]?.items.compactMap { $0["framework"]?.string } == ["EQF", "IE-NFQ"])
    #expect(item["credit"]?["points"]?.number == 5 && item["price"]?["amount"]?.number == 1.5)
    #expect(item["isced_f"]?.items.count == 2 && item["validity"]?["months"]?.number == 24)
    #expect(item["learning_outcomes"]?.items.count == 2 && item["prerequisites"]?.string == "none")
    #expect(item["source"]?["title"]?.string == "A list" && item["version"]?.number == 1)
  }

  @Test func `a member is not specified where none of its columns says more`() throws {
    let lines = try send(
      """
      title,description.en,description.de,workload.hours,workload.days
      One,NS,NS,NS,3
      Two,NS,Zwei,NS,NS
      """)
    #expect(lines.prefix(2).allSatisfy { $0["result"] == "created" }, "\(lines)")
    let (one, two) = (
      try api.get("/v1/credentials/one").json, try api.get("/v1/credentials/two").json
    )
    #expect(one["not_specified"] == ["description"] && one["workload"]?["days"] == 3)
    #expect(two["not_specified"] == ["workload"] && two["description"] == ["de": "Zwei"])
  }

  @Test(arguments: ["title,note,title", "title,title.en", "title,workload.hours,Workload.hours"])
  func `a column that stands twice is refused`(header: String) throws {
    let problem = try #require(try send(header + "\nOne,2,3\n").first)
    #expect(problem["errors"]?.items.first?["detail"]?.string?.contains("twice") == true)
  }

  @Test func `a column that names no member is refused, and can be mapped`() throws {
    let text = "Titel,Anmerkung\nOne,x\n"
    let problem = try #require(try send(text).first)
    #expect(problem["status"]?.number == 422)
    #expect(problem["errors"]?.items.count == 2)
    #expect(
      problem["errors"]?.items.first?["detail"]?.string?.contains("Did you mean title?") == true)
    let lines = try send(text, "?map=Titel%3Dtitle&map=Anmerkung%3D-")
    #expect(lines.first?["result"]?.string == "created")
  }

  @Test(arguments: ["Titl=note", "titel=note", "title =note", "Titel=-"])
  func `what is mapped must be a column of the sheet`(map: String) throws {
    let query = "?map=" + map.replacing(" ", with: "%20").replacing("=", with: "%3D")
    let problem = try #require(try send("title,note\nOne,x\n", query + "&map=*=-").first)
    #expect(problem["status"] == 422)
    let error = problem["errors"]?.items.first
    #expect(error?["parameter"] == "map")
    let column = String(map.prefix { $0 != "=" })
    #expect(error?["detail"]?.string?.contains("no column \"\(column)\"") == true, "\(problem)")
  }

  @Test(arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
  func `UTF-16 is told apart by its mark`(mark: [UInt8]) throws {
    let text: [UInt8] = "title\nOne\n".utf8.flatMap { mark[0] == 0xFF ? [$0, 0] : [0, $0] }
    var fields = try api.writer()
    for type in ["text/csv", "application/x-ndjson"] {
      fields["Content-Type"] = type
      let answer = try api.respond(
        .post, "/v1/credentials:import", fields, bytes: mark + text)
      #expect(answer.status == 422 && answer.text.contains("UTF-16"), "\(answer.text)")
    }
  }

  @Test func `the template can be imported as it is, and so can what was exported`() throws {
    let template = try api.get("/v1/credentials/template.csv")
    #expect(template["Content-Type"]?.hasPrefix("text/csv") == true)
    let lines = try send(template.body)
    #expect(lines.first?["result"]?.string == "created", "\(lines)")
    let slug = try #require(lines.first?["slug"]?.string)
    #expect(try api.get("/v1/credentials/\(slug)").json["workload"]?["hours"]?.number == 22.5)
    let exported = try api.get(
      "/v1/credentials.csv?slug=\(slug)&fields=external_id,title,countries,isced_f,languages,sector"
    )
    #expect(try send(exported.body).first?["result"]?.string == "unchanged", "\(exported.text)")
  }

  @Test(arguments: [
    ("title,note\nOne,x,y\n", "3 cells under 2 columns"), ("title\n\"One\n", "never closed"),
    ("title\n\"One\"x\n", "closing quote"), ("title\nA\u{0}B\n", "NUL"),
  ])
  func `a record that is no CSV is refused by its row`(text: String, why: String) throws {
    let lines = try send(text)
    #expect(lines.first?["result"]?.string == "rejected")
    #expect(
      lines.first?["errors"]?.items.first?["detail"]?.string?.contains(why) == true, "\(lines)")
  }

  @Test
  func `headings are read as people write them, and what stands for nothing is left out if asked`()
    throws
  {
    let text = "Title;Learning Outcomes;Last Updated;id\nOne;Welds | Cuts;Unknown;7\n"
    let refused = try send(text)
    #expect(refused.first?["detail"]?.string?.contains("\"Last Updated\" names no member") == true)
    let lines = try send(text, "?map=*=-&map=id=external_id")
    #expect(lines.first?["result"]?.string == "created", "\(lines)")
    let item = try api.get("/v1/credentials/one").json
    #expect(item["learning_outcomes"]?.items.count == 2)
    #expect(item["external_id"]?.string == "7")
  }

  private func sendLines(_ text: String, _ query: String = "") throws -> Answer {
    var fields = try api.writer()
    fields["Content-Type"] = "application/x-ndjson"
    return try api.respond(.post, "/v1/credentials:import" + query, fields, text)
  }

  @Test func `a sheet has a thousand columns that say something, and any number that don't`() throws
  {
    let many = (0..<1000).map { ",title.en-x\($0)" }.joined()
    #expect(try send("title\(many)\nOne\n").first?["errors"]?.items.first?["pointer"] == "")
    let blank = String(repeating: ",-", count: 2000)
    #expect(try send("title\(blank)\nOne\n").first?["result"] == "created")
    let unknown = (0..<2000).map { ",x\($0)" }.joined()
    #expect(try send("title\(unknown)\nOne\n").first?["errors"]?.items.count == 1000)
  }

  @Test func `members of other names are mapped as columns are`() throws {
    let text = #"{"id": "7", "name": "One", "@type": "Course"}"#
    #expect(try sendLines(text).lines.first?["result"]?.string == "rejected")
    let answer = try sendLines(text, "?map=id=external_id&map=name=title&map=*=-")
    #expect(answer.lines.first?["slug"]?.string == "one", "\(answer.text)")
  }

  @Test(arguments: [
    "{\n  \"title\": \"One\"\n}\n", "[{\"title\": \"One\"}]", "\u{FEFF}\n [\n{}\n]",
  ])
  func `one JSON text of many lines is refused once`(text: String) throws {
    let answer = try sendLines(text)
    #expect(answer.status == 422 && answer.text.contains("jq -c"), "\(answer.text)")
  }

  @Test func `a row without an end is rejected, and what is behind it is read where it can be`()
    throws
  {
    let long = String(repeating: "x", count: 2 << 20)
    let lines = try sendLines(
      "{\"title\": \"One\"}\n{\"title\": \"\(long)\"}\n{\"title\": \"Three\"}\n")
    #expect(lines.lines.compactMap { $0["result"]?.string } == ["created", "rejected", "created"])
    #expect(lines.lines.compactMap { $0["line"]?.number } == [1, 2, 3])
    let sheet = try send("title\nOne\n\"Two\n" + String(repeating: "Three\n", count: 300_000))
    #expect(sheet.compactMap { $0["result"]?.string } == ["created", "rejected"])
  }
}
