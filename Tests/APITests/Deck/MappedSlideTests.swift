import Testing
import Wire

/// The deck's table of eight microcredentials, cell by cell.
@Suite("the deck, asked: the mapped microcredentials") struct MappedSlideTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  struct Row: Sendable {
    let number: Int
    var title: String?
    var sector: String?
    var countries: JSON = .null
    var international: JSON = .null
    let workload: JSON
    let credit: String
    let participation: JSON
    var targeted: JSON = .null
    var emerging: JSON = .null
    var notSpecified: JSON = .null
  }

  // The fifth row's locations are listed one by one, with the United Kingdom under ISO's code.
  private static let rows = [
    Row(
      number: 1, title: "Safety procedures in medical processes", sector: "C", countries: ["FR"],
      workload: ["days": 17, "modules": 12], credit: "none", participation: ["in_person"]),
    Row(
      number: 2, title: "Quality management system and welding coordination", sector: "C",
      countries: ["DK"], workload: ["hours": 22.5, "days": 3], credit: "none",
      participation: ["in_person"]),
    Row(
      number: 3, title: "International Welding Engineer (IWE)", sector: "C",
      international: ["countries_count": 41], workload: ["hours": 448], credit: "ecvet",
      participation: ["in_person", "blended"]),
    Row(
      number: 4, title: "International Welding Practitioner (IWP)", sector: "C",
      international: ["countries_count": 41], workload: ["hours": 150], credit: "ecvet",
      participation: ["in_person", "blended"], targeted: true, emerging: true),
    Row(
      number: 5, sector: "C", countries: ["DE", "FR", "IT", "ES", "GB", "PT", "TR"],
      workload: ["hours_min": 60, "hours_max": 70], credit: "none",
      participation: ["online", "blended"]),
    Row(
      number: 6, countries: ["AT"], workload: ["months": 1], credit: "none",
      participation: ["in_person"]),
    Row(
      number: 7, sector: "C", countries: ["MT"], workload: ["hours": 125], credit: "ecvet",
      participation: ["in_person"], targeted: true, emerging: true),
    Row(
      number: 8, countries: ["CZ"], workload: .null, credit: "none",
      participation: ["in_person"], targeted: false,
      notSpecified: ["workload", "emerging_topics"]),
  ]

  @Test(arguments: rows) func `a row's cells are as the deck has them`(row: Row) throws {
    let items = try api.get("/v1/credentials?external_id=cedefop-2022-11/row-\(row.number)")
      .json["items"]?.items
    let item = try #require(items?.first)
    #expect(item["title"]?["en"]?.string == row.title)
    #expect(item["sector"]?.string == row.sector)
    #expect(item["countries"] == row.countries)
    #expect(item["international"] == row.international)
    #expect(item["workload"] == row.workload)
    #expect(item["credit"] == ["system": .string(row.credit)])
    #expect(item["participation"] == row.participation)
    #expect(item["highly_targeted"] == row.targeted)
    #expect(item["emerging_topics"] == row.emerging)
    #expect(item["not_specified"] == row.notSpecified)
  }
}
