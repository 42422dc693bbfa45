internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

func comparisonRoutes(_ registry: Registry) -> [Route] {
  [
    Route(.get, "/v1/compare", "compareCountries", on: .worker) { request in
      var parameters = try Parameters(request, .country, of: registry)
      let format = try Format(request, &parameters)
      let (countries, day) = try parameters.comparison()
      let comparison = try registry.compare(countries, asOf: day)
      let body =
        switch format {
        case .json: json(comparison).bytes
        case .ndjson: comparison.points.flatMap { json($0).bytes + "\n".utf8 }
        case .csv: csv(comparison)
        }
      return try formatted(format, body).conditional(request, contentTag(body), .anyone)
    }
  ]
}

private func json(_ comparison: Comparison) -> JSONValue {
  .object([
    .init(name: "countries", value: .array(comparison.countries.map(JSONValue.string))),
    .init(name: "points", value: .array(comparison.points.map(json))),
  ])
}

private func json(_ point: Comparison.Point) -> JSONValue {
  .object([
    .init(name: "point", value: .string(point.name)), .init(name: "label", value: point.label),
    .init(name: "cells", value: .array(point.cells.map(json))),
  ])
}

private func json(_ cell: Comparison.Cell) -> JSONValue {
  .object([
    .init(name: "country", value: .string(cell.country)),
    .init(name: "summary", value: cell.summary.map(JSONValue.string) ?? .null),
    .init(name: "verified", value: cell.isVerified.map(JSONValue.bool) ?? .null),
    .init(name: "statements", value: .array(cell.statements.map(JSONValue.string))),
    .init(name: "sources", value: .array(cell.sources)),
  ])
}

/// A column a country, and beside it where that stands.
private func csv(_ comparison: Comparison) -> [UInt8] {
  var csv = CSVWriter()
  csv.cell("point")
  for country in comparison.countries {
    csv.cell(country)
    csv.cell("\(country) sources")
  }
  csv.endRecord()
  for point in comparison.points {
    csv.cell(point.name)
    for cell in point.cells {
      csv.cell(cell.summary ?? "")
      csv.cell(cell.sources.map(citation).joined(separator: "; "))
    }
    csv.endRecord()
  }
  return csv.bytes
}

private func citation(_ source: JSONValue) -> String {
  ["title", "locator", "url"].compactMap { name in
    if case .string(let text)? = source[name] { text } else { nil }
  }.joined(separator: ", ")
}

extension Parameters {
  /// The countries to compare, and the day, where one is named.
  fileprivate mutating func comparison() throws(RequestError) -> (countries: [String], day: String?)
  {
    let countries = list("countries") ?? []
    if countries.count > 40 { refuse("countries", "At most 40 countries are compared at once.") }
    for (name, _) in given { refuseUnknown(name, ["countries", "as_of", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (countries.filter { !$0.isEmpty }, day)
  }
}
