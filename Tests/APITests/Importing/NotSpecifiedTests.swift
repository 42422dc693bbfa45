import HTTPTypes
import Testing
import Wire

/// NS in a cell: the source says that it doesn't say.
@Suite("NS in a sheet") struct NotSpecifiedTests {
  let api: TestAPI
  let school: [String: String]

  init() throws {
    api = try TestAPI()
    school = try api.provider().fields
  }

  private func send(
    _ rows: String, as writer: [String: String]? = nil, type: String = "text/csv"
  ) throws -> [JSON] {
    var fields = writer ?? school
    fields["Content-Type"] = type
    let answer = try api.respond(.post, "/v1/credentials:import", fields, rows)
    return answer.lines.dropLast()
  }

  private func results(_ rows: String) throws -> [String] {
    try send(rows).map { $0["result"]?.string ?? "" }
  }

  private func item() throws -> JSON { try api.get("/v1/credentials/n").json }

  /// An item of which the source doesn't say these.
  private func begin(_ members: String, _ more: String = "") throws {
    let row = #"{"external_id": "n", "title": "N", "not_specified": [\#(members)]\#(more)}"#
    #expect(try send(row, type: "application/x-ndjson").first?["result"] == "created")
  }

  @Test func `it joins what the item's list has`() throws {
    try begin(#""credit", "price""#, #", "workload": {"days": 3}"#)
    #expect(try results("external_id,workload\nn,NS\n") == ["updated"])
    #expect(try item()["not_specified"] == ["credit", "price", "workload"])
    #expect(try item()["workload"] == .null)
    #expect(try results("external_id,price,workload\nn,NS,NS\n") == ["unchanged"])
  }

  @Test func `a value takes its member off the list, and a blank cell leaves it there`() throws {
    try begin(#""credit", "price""#)
    #expect(try results("external_id,price,credit\nn,90 EUR,\n") == ["updated"])
    #expect(try item()["not_specified"] == ["credit"])
    #expect(try results("external_id,credit\nn,5 ECTS\n") == ["updated"])
    #expect(try item()["not_specified"] == .null && item()["credit"]?["points"] == 5)
  }

  @Test func `a cell of an exported sheet can be filled in, or said to be NS`() throws {
    try begin(#""credit", "price""#)
    let sheet = try api.get("/v1/credentials.csv?slug=n&fields=id,price,workload,not_specified")
    #expect(sheet.text.contains(",,,credit; price\r\n"), "\(sheet.text)")
    #expect(try results(sheet.text) == ["unchanged"])
    #expect(try results(sheet.text.replacing(",,,", with: ",90 EUR,NS,")) == ["updated"])
    #expect(try item()["not_specified"] == ["credit", "workload"])
    #expect(try item()["price"]?["amount"] == 90)
  }

  @Test func `a new item's list is the sheet's own and what is NS`() throws {
    #expect(
      try results("title,workload,not_specified\nN,NS,credit; price; title\n") == ["created"])
    #expect(try item()["not_specified"] == ["credit", "price", "workload"])
  }

  @Test func `where a member has a value all the same, it is as a blank cell`() throws {
    let columns = "external_id,title,slug,kind,status,provider,not_specified,nace,sector"
    let row = "n,N,NS,NS,NS,NS,NS,25,NS"
    for result in ["created", "unchanged"] {
      let lines = try send("\(columns)\n\(row)\n")
      #expect(lines.first?["result"] == .string(result), "\(lines)")
    }
    let item = try item()
    #expect(item["kind"] == "microcredential" && item["status"] == "published")
    #expect(item["provider"] == "welding-school" && item["sector"] == "C")
    #expect(item["not_specified"] == .null)
    #expect(try results("external_id,sector\nn,NS\n") == ["unchanged"])
  }

  @Test func `a division says the sector, which is off the list then`() throws {
    try begin(#""sector", "price""#)
    #expect(try results("external_id,nace\nn,25\n") == ["updated"])
    #expect(try item()["not_specified"] == ["price"] && item()["sector"] == "C")
  }

  @Test func `an admin's row may say that the provider isn't specified`() throws {
    let lines = try send("title,provider\nN,NS\n", as: try api.writer())
    #expect(lines.first?["result"] == "created", "\(lines)")
    #expect(try item()["not_specified"] == ["provider"] && item()["provider"] == .null)
  }

  @Test func `in JSON the list is what it is said to be`() throws {
    try begin(#""price""#)
    let lines = try send(
      #"{"external_id": "n", "price": {"amount": 90, "currency": "EUR"}}"#,
      type: "application/x-ndjson")
    #expect(lines.first?["errors"]?.items.first?["pointer"] == "/not_specified/0", "\(lines)")
  }
}
