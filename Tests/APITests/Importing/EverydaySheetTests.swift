import Foundation
import HTTPTypes
import Testing
import Wire

/// What spreadsheets leave in their files, and what people do to a sheet that they send again.
@Suite("POST /v1/credentials:import of everyday sheets") struct EverydaySheetTests {
  let api: TestAPI
  let writer: [String: String]

  init() throws {
    api = try TestAPI()
    writer = try api.provider().fields.merging(["Content-Type": "text/csv"]) { $1 }
  }

  private func send(_ text: String, _ query: String = "") throws -> [JSON] {
    let answer = try api.respond(.post, "/v1/credentials:import" + query, writer, text)
    return answer.status == 200 ? answer.lines : [answer.json]
  }

  private func results(_ lines: [JSON]) -> [String] { lines.compactMap { $0["result"]?.string } }

  private func detail(_ line: JSON?) -> String {
    line?["errors"]?.items.first?["detail"]?.string ?? ""
  }

  @Test(arguments: [
    ("workload", "22,5 hours", "3 days", #"{"days": 3}"#),
    ("workload", "22,5 hours", "60-70 hours", #"{"hours_min": 60, "hours_max": 70}"#),
    ("workload", "60-70 hours", "65 hours", #"{"hours": 65}"#),
    ("workload", #""{""hours"": 1, ""days"": 3}""#, #""{""days"": 3}""#, #"{"days": 3}"#),
    ("credit", "1 ECTS", "ECVET", #"{"system": "ecvet"}"#),
    ("credit", "5 ECTS", "no", #"{"system": "none"}"#),
    (
      "title", #""{""en"": ""One"", ""de"": ""Eins""}""#, #""{""en"": ""Two""}""#, #"{"en": "Two"}"#
    ),
    (
      "source", #""{""title"": ""A"", ""locator"": ""p. 1""}""#, #""{""title"": ""B""}""#,
      #"{"title": "B"}"#
    ),
  ])
  func `a cell that is changed says its member anew`(
    column: String, first: String, second: String, expected: String
  ) throws {
    let title = column == "title" ? "note" : "title"
    for cell in [first, second] {
      let lines = try send("external_id;\(title);\(column)\na;One;\(cell)\n")
      #expect(["created", "updated"].contains(results(lines).first), "\(lines)")
    }
    let slug = try #require(try send("external_id\na\n").first?["slug"]?.string)
    let value = try api.get("/v1/credentials/\(slug)").json[column]
    #expect(value == (try JSONDecoder().decode(JSON.self, from: Data(expected.utf8))))
  }

  @Test(arguments: ["workload;workload.days", "workload.days;workload"])
  func `a part beside its member is a part of what is new`(columns: String) throws {
    for (hours, days) in [("5 hours", "1"), ("6 hours", "2"), ("2 months", "")] {
      let cells = columns.hasSuffix("days") ? "\(hours);\(days)" : "\(days);\(hours)"
      #expect(
        ["created", "updated"].contains(
          try results(send("external_id;title;\(columns)\na;One;\(cells)\n")).first))
    }
    #expect(try api.get("/v1/credentials/one").json["workload"] == ["months": 2])
  }

  @Test(arguments: ["partial", "atomic"])
  func `rows without anything in them are none, wherever they stand`(mode: String) throws {
    let blank = [";;", ";", "\u{a0}; ;\t", #""";"";"""#, "", "  "]
    let rows = [";;", "", "external_id;title;workload", ";;"] + blank + ["a;One;3 days"] + blank
    let lines = try send(rows.joined(separator: "\r\n") + "\r\n;;", "?mode=\(mode)")
    #expect(results(lines) == ["created"], "\(lines)")
    #expect(lines.first?["line"] == 11)
    let summary = lines.last?["summary"]
    #expect(summary?["rows"] == 1 && summary?["total"] == 1 && summary?["state"] == "done")
  }

  @Test func `the line that names the separator is no row`() throws {
    let lines = try send("sep=;\nexternal_id;title\na;One\n")
    #expect(lines.last?["summary"]?["total"] == 1 && lines.first?["line"] == 3, "\(lines)")
  }

  @Test(arguments: ["1", "A-17"])
  func `a number of one's own isn't an id`(id: String) throws {
    let lines = try send("ID;Title\n\(id);One\n")
    #expect(results(lines) == ["rejected"] && detail(lines.first).contains("external_id"))
    for result in ["created", "unchanged"] {
      #expect(try results(send("ID;Title\n\(id);One\n", "?map=ID%3Dexternal_id")) == [result])
    }
  }

  @Test func `an atomic trial of what would be refused is refused`() throws {
    let rows = "external_id;title\na;One\nb;\n"
    for query in ["?mode=atomic&dry_run=true", "?mode=atomic"] {
      let lines = try send(rows, query)
      let summary = lines.last?["summary"]
      #expect(results(lines) == ["rejected"], "\(lines)")
      #expect(summary?["state"] == "refused" && summary?["created"] == 0)
    }
  }

  @Test func `each line tells the external id of its row`() throws {
    let lines = try send("external_id;title;workload\na;One;1 h\nb;Two;often\n;Three;1 h\nc;;\n")
    #expect(results(lines) == ["created", "rejected", "created", "rejected"])
    #expect(lines.dropLast().map { $0["external_id"] } == ["a", "b", .null, "c"])
    let again = try send("external_id;title\na;One\n")
    #expect(again.first?["external_id"] == "a" && results(again) == ["unchanged"])
  }

  @Test func `what stands under no name is refused, and blank cells there are not`() throws {
    let lines = try send("external_id;;title\na;;One\nb;x;Two\nc;;Three;;\nd;;Four;;y\n")
    #expect(results(lines) == ["created", "rejected", "created", "rejected"], "\(lines)")
    #expect(detail(lines[1]).contains("column 2"))
    #expect(try results(send("external_id;;title\nb;x;Two\n", "?map=*%3D-")) == ["created"])
  }

  @Test(arguments: [
    ("WIG-SchweiÃŸen", "title"), ("PrÃ¼fung", "title"), ("Examen d’Ã©tÃ©", "title"),
    ("Safety â€“ first steps", "title"), ("#REF!", "title"), ("#N/A", "note"),
    ("#NAME?", "workload"),
  ])
  func `what a spreadsheet has spoilt is refused by its row`(cell: String, column: String) throws {
    let title = column == "title" ? "note" : "title"
    let lines = try send("\(title);\(column)\nOne;\(cell)\n")
    #expect(results(lines) == ["rejected"], "\(lines)")
    #expect(lines.first?["errors"]?.items.first?["pointer"]?.string == "/\(column)")
  }

  @Test(arguments: ["SÃO PAULO", "ÃGUA", "Prix : 5 €", "â", "#1 course"])
  func `what only looks like it is taken`(title: String) throws {
    #expect(try results(send("title\n\(title)\n")) == ["created"])
  }

  @Test(arguments: [
    ([0x50, 0x4B, 3, 4, 20, 0], "CSV"), ([0xD0, 0xCF, 0x11, 0xE0], "CSV"),
    ([0x1F, 0x8B, 8, 0], "Content-Encoding"), (Array("title\rOne\r".utf8), "CR alone"),
    ([0x74, 0, 0x69, 0, 0x74, 0], "UTF-16"),
  ])
  func `a file of another kind is told so`(bytes: [UInt8], word: String) throws {
    let answer = try api.respond(
      .post, "/v1/credentials:import", writer, bytes: bytes)
    #expect(answer.status == 422 && detail(answer.json).contains(word), "\(answer.text)")
  }

  @Test(arguments: [
    ("price", "1.350,00 €"), ("price", "1,350 EUR"), ("price", "350,- €"), ("credit", "1.500 ECTS"),
  ])
  func `an amount that isn't read is named as it was written`(column: String, cell: String) throws {
    let lines = try send("title;\(column)\nOne;\(cell)\n")
    #expect(detail(lines.first).contains("\"\(cell)\" can't be read as \(column)"), "\(lines)")
  }

  @Test func `a currency's letters may be small`() throws {
    #expect(try results(send("title;price.amount;price.currency\nOne;5;eur\n")) == ["created"])
    #expect(try api.get("/v1/credentials/one").json["price"]?["currency"] == "EUR")
  }

  @Test func `an unknown column is told how it is mapped, and a mapping what is wrong with it`()
    throws
  {
    #expect(detail(try send("Kurs;title\nx;One\n").first).contains("map=Kurs="))
    let wrong = detail(try send("Kurs\nOne\n", "?map=Kurs%3Dtitel").first)
    #expect(wrong.contains("\"titel\"") && wrong.contains("Did you mean title?"), "\(wrong)")
  }

  @Test(arguments: [
    ("workload_hours", "workload.hours"), ("Credit points", "credit.points"),
    ("learning_outcome", "learning_outcomes"),
  ])
  func `what is meant may be a part of a member`(column: String, meant: String) throws {
    let problem = try #require(try send("title,\(column)\nOne,2\n").first)
    let detail = problem["errors"]?.items.first?["detail"]?.string
    #expect(detail?.contains("Did you mean \(meant)?") == true, "\(detail ?? "")")
  }

  @Test func `the template opens in a spreadsheet as UTF-8`() throws {
    let template = try api.get("/v1/credentials/template.csv")
    #expect(template.body.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(try results(send(template.text)) == ["created"])
  }
}
