internal import JSON

/// Shares of credentials that state an element, by group and element.
struct QualityHeat {
  static let members = ["country", "sector", "provider"]
  /// More rows than this nobody reads; the API has them all.
  private static let most = 25

  struct Row {
    /// Nil for those that don't state the group.
    let code: String?
    let name: HTML
    let count: Int
    let missing: [String: Int]
  }

  let member: String
  let elements: [String]
  let total: Int
  private let missing: [String: Int]
  let rows: [Row]
  let isCut: Bool
  /// By group and element, how many don't state it.
  let asked: Address
  private let askedOfAll: Address

  init(by member: String, _ visit: Visit) throws(PageError) {
    self.member = member
    askedOfAll = Address("/v1/credentials/aggregate", [("group_by", "missing")])
    let groups = try visit.read(
      Address(
        "/v1/credentials/aggregate", [("group_by", member), ("limit", "\(Self.most + 1)")]))
    let all = groups["items"]?.items ?? []
    isCut = all.count > Self.most
    let shown = all.prefix(Self.most)
    let codes = shown.map { $0[member]?.string }
    asked = Address(
      "/v1/credentials/aggregate",
      [
        ("group_by", "\(member),missing"),
        (member, codes.map { $0 ?? "null" }.joined(separator: ",")), ("limit", "10000"),
      ])
    let cells = codes.isEmpty ? [] : try visit.read(asked)["items"]?.items ?? []
    var missing: [String?: [String: Int]] = [:]
    for cell in cells {
      guard let element = cell["missing"]?.string else { continue }
      missing[cell[member]?.string, default: [:]][element] = cell["count"]?.integer
    }
    total =
      try visit.read(
        Address("/v1/credentials", [("limit", "1"), ("fields", "slug"), ("count", "exact")]))[
        "total"]?.integer ?? 0
    var ofAll: [String: Int] = [:]
    for group in try visit.read(askedOfAll)["items"]?.items ?? [] {
      if let element = group["missing"]?.string { ofAll[element] = group["count"]?.integer }
    }
    self.missing = ofAll
    // The thirteen that a credential's definition can carry, in the standard's order.
    elements =
      try visit.read(Address("/v1/vocabularies/annex1_element"))["values"]?.items
      .compactMap { $0["code"]?.string }
      .filter { !["learner", "date_of_issuing", "grade"].contains($0) } ?? []
    let names = try Self.names(member, codes.compactMap { $0 == "none" ? nil : $0 }, visit)
    rows = shown.map { group in
      let code = group[member]?.string
      return Row(
        code: code,
        name: code.map { $0 == "none" ? "\(visit.say("compare.none"))" : names($0) }
          ?? visit.notStated, count: group["count"]?.integer ?? 0,
        missing: missing[code] ?? [:])
    }
  }

  private static func names(
    _ member: String, _ codes: [String], _ visit: Visit
  ) throws(PageError) -> (String) -> HTML {
    switch member {
    case "country":
      let names = try visit.countryNames(codes)
      return { visit.countryLink($0, names) }
    case "sector":
      let names = try visit.sectors()
      return { code in "\(names.first { $0.code == code }?.name ?? code)" }
    default:
      let names = try visit.providerNames(codes)
      return { slug in
        "<a href=\"\(visit.link(Address("providers", slug)))\">\(visit.text(names[slug]) ?? "\(slug)")</a>"
      }
    }
  }

  /// All credentials, an element a bar.
  func whole(_ visit: Visit) -> Chart {
    let rows = elements.map { element in
      let missing = missing[element] ?? 0
      let share = total > 0 ? Double(total - missing) / Double(total) : 0
      return Chart.Row(
        label: "\(visit.say("quality.element.\(element)"))", value: share,
        shown: visit.part(total - missing, of: total),
        cells: [
          "\(visit.part(total - missing, of: total))", "\(visit.language.number(total - missing))",
          "<a href=\"\(visit.link(Address("/credentials", [("missing", element)])))\">\(visit.language.number(missing))</a>",
        ])
    }
    return Chart(
      id: "all", title: visit.say("quality.all"),
      remark: "<p class=\"hint\">\(visit.say("quality.total", count: total))</p>",
      drawing: .bars(most: 1),
      columns: [
        .init(title: "\(visit.say("quality.element"))"),
        .init(title: "\(visit.say("findings.share"))", isNumber: true),
        .init(title: "\(visit.say("quality.stated"))", isNumber: true),
        .init(title: "\(visit.say("quality.missing"))", isNumber: true),
      ], rows: rows, asked: askedOfAll)
  }

  func table(_ visit: Visit) -> HTML {
    """
    <div class="table" tabindex="0" role="group" aria-label="\(visit.say("quality.by.\(member)"))">
    <table class="heat sortable">
    <thead><tr><th scope="col">\(visit.word("field", member))</th>\
    <th scope="col" class="number">\(visit.say("quality.count"))</th>\(elements.map {
      "<th scope=\"col\" class=\"number\">\(visit.say("quality.element.\($0)"))</th>" as HTML
    })</tr></thead>
    <tbody>\(rows.map { line($0, visit) })</tbody>
    </table>
    </div>
    """
  }

  private func line(_ row: Row, _ visit: Visit) -> HTML {
    """
    <tr data-value="\(row.count)"><th scope="row">\(row.name)</th>\
    <td class="number">\(visit.language.number(row.count))</td>\(elements.map { cell(row, $0, visit) })</tr>

    """
  }

  /// A share with a shade; where some don't state it, the way to them.
  private func cell(_ row: Row, _ element: String, _ visit: Visit) -> HTML {
    let missing = row.missing[element] ?? 0
    let share = row.count > 0 ? Double(row.count - missing) / Double(row.count) : 0
    let text = visit.part(row.count - missing, of: row.count)
    let shade = share == 0 ? 0 : share == 1 ? 5 : 1 + Int(share * 4)
    guard missing > 0 else { return "<td class=\"number heat-\(shade)\">\(text)</td>" }
    let address = Address(
      "/credentials", [(member, row.code ?? "null"), ("missing", element)])
    let told = visit.say("quality.without", count: missing)
    return """
      <td class="number heat-\(shade)"><a href="\(visit.link(address))" title="\(told)">\(text)</a></td>
      """
  }
}
