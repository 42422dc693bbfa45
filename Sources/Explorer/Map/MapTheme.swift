internal import JSON

/// What a map shows: of each country a shade, a mark and a row of the table.
struct MapTheme {
  struct Place {
    let code: String
    /// 1 to 5.
    let shade: Int
    /// What stands on the map: short.
    let mark: String
    /// What a reader of the map hears, after the country's name.
    let told: String
    /// The cells of its row, after the name; the first is what the map shows.
    let cells: [HTML]
    /// What the table is sorted by.
    let value: Double
  }

  struct Key {
    let shade: Int
    let text: String
    let count: Int
  }

  let title: String
  let isPattern: Bool
  let legend: [Key]
  let places: [Place]
  let columns: [Chart.Column]
  let asked: Address
  var sources: [JSONValue] = []
  /// What it isn't about where nothing is named: credentials of no stated country.
  var remark = HTML.nothing
}

extension Visit {
  /// At which stage a country's policy is; the stages in their order, and each with its source.
  func policyTheme() throws(PageError) -> MapTheme {
    let asked = Address("/v1/statements", [("topic", "policy_stage"), ("limit", "1000")])
    let statements = try read(asked)["items"]?.items ?? []
    let stages =
      try read(Address("/v1/vocabularies/policy_stage"))["values"]?.items.compactMap {
        $0["code"]?.string
      } ?? []
    let places = statements.compactMap { statement -> MapTheme.Place? in
      guard let code = statement["country"]?.string, let stage = statement["value"]?.string,
        let index = stages.firstIndex(of: stage)
      else { return nil }
      let word = word("policy_stage", stage)
      return MapTheme.Place(
        code: code, shade: stageShade(index), mark: code, told: word,
        cells: [
          stated(word, statement), statement["as_of"]?.string.map(date) ?? notStated,
          statement["source"].map { shortReference($0) } ?? notStated,
        ], value: Double(index + 1))
    }
    return MapTheme(
      title: say("map.show.policy_stage"), isPattern: true,
      legend: stages.enumerated().map { index, stage in
        let shade = stageShade(index)
        return .init(
          shade: shade, text: word("policy_stage", stage),
          count: places.count { $0.shade == shade })
      }, places: places,
      columns: [
        .init(title: "\(say("map.stage"))"), .init(title: "\(say("map.as_of"))"),
        .init(title: "\(say("map.source"))"),
      ], asked: asked, sources: statements.compactMap { $0["source"] })
  }

  private func stageShade(_ index: Int) -> Int { min(5, 1 + 2 * index) }

  /// How many uses of microcredentials in RPL are stated of a country.
  func rplTheme() throws(PageError) -> MapTheme {
    let asked = Address(
      "/v1/statements",
      [("topic", "rpl_use"), ("country", "!null"), ("negated", "false"), ("limit", "1000")])
    let statements = try read(asked)["items"]?.items ?? []
    let uses = Dictionary(grouping: statements) { $0["country"]?.string ?? "" }
    let classes = Classes(uses.values.map { Double($0.count) })
    let places = uses.sorted { $0.key < $1.key }.compactMap { code, uses -> MapTheme.Place? in
      let number = Double(uses.count)
      guard let index = classes.index(of: number) else { return nil }
      return MapTheme.Place(
        code: code, shade: classes.shade(index), mark: "\(uses.count)",
        told: say("map.uses", count: uses.count),
        cells: [
          "\(uses.count)",
          "<ul class=\"plain-list\">\(uses.map { "<li>\(stated(word("rpl_use", $0["value"]?.string ?? ""), $0))</li>" as HTML })</ul>",
        ], value: number)
    }
    return MapTheme(
      title: say("map.show.rpl_uses"), isPattern: false,
      legend: legend(classes, places) { "\(Int($0))" }, places: places,
      columns: [
        .init(title: "\(say("map.show.rpl_uses"))", isNumber: true),
        .init(title: "\(say("map.uses"))"),
      ], asked: asked, sources: statements.compactMap { $0["source"] })
  }

  /// A figure of the credentials offered in each country.
  func credentialTheme(_ measure: String, sector: String?) throws(PageError) -> MapTheme {
    var parameters = [("group_by", "country")]
    parameters.append(("measures", measure == "count" ? "count" : "count,\(measure)"))
    if let sector { parameters.append(("sector", sector)) }
    let asked = Address("/v1/credentials/aggregate", parameters)
    let all = try read(asked)["items"]?.items ?? []
    // An empty list of countries is a group, too: of none.
    let groups = all.filter { !["none", nil].contains($0["country"]?.string) }
    let classes = Classes(groups.compactMap { $0[measure]?.double })
    let places = groups.compactMap { group -> MapTheme.Place? in
      guard let code = group["country"]?.string, let number = group[measure]?.double,
        let index = classes.index(of: number)
      else { return nil }
      let text = figure(number, measure)
      let count = group["count"]?.integer ?? 0
      return MapTheme.Place(
        code: code, shade: classes.shade(index), mark: figure(number, measure, digits: 0),
        told: text,
        cells: measure == "count"
          ? [credentialsLink(text, code, sector)]
          : ["\(text)", credentialsLink(language.number(count), code, sector)], value: number)
    }
    let unplaced = all.filter { ["none", nil].contains($0["country"]?.string) }
      .reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
    var columns = [Chart.Column(title: "\(say(measure: measure))", isNumber: true)]
    if measure != "count" {
      columns.append(.init(title: "\(say(measure: "count"))", isNumber: true))
    }
    return MapTheme(
      title: say(measure: measure), isPattern: false,
      legend: legend(classes, places) { figure($0, measure) },
      places: places.sorted { $0.value > $1.value }, columns: columns, asked: asked,
      remark: unplaced > 0
        ? "<p class=\"quiet\">\(say("map.unplaced", count: unplaced))</p>" : .nothing)
  }

  private func legend(
    _ classes: Classes, _ places: [MapTheme.Place], _ text: (Double) -> String
  ) -> [MapTheme.Key] {
    classes.all.enumerated().map { index, range in
      let (low, high) = (text(range.lowerBound), text(range.upperBound))
      let shade = classes.shade(index)
      return .init(
        shade: shade, text: low == high ? low : "\(low) – \(high)",
        count: places.count { $0.shade == shade })
    }
  }

  private func credentialsLink(_ text: String, _ code: String, _ sector: String?) -> HTML {
    var address = Address("/credentials", [("country", code)])
    if let sector { address.parameters.append(("sector", sector)) }
    return "<a href=\"\(link(address))\">\(text)</a>"
  }
}
