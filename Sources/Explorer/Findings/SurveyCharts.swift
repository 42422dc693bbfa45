internal import JSON

// Figures of the survey and of the mapping, as the registry holds them.
extension Visit {
  private func observations(_ indicator: String) throws(PageError) -> (
    asked: Address, items: [JSONValue]
  ) {
    let asked = Address(
      "/v1/observations", [("indicator", indicator), ("sort", "position"), ("limit", "200")])
    return (asked, try read(asked)["items"]?.items ?? [])
  }

  private func remark(_ items: [JSONValue]) -> HTML {
    var notes: [String] = []
    for case let note? in items.map({ $0["note"]?.string }) where !notes.contains(note) {
      notes.append(note)
    }
    return notes.isEmpty
      ? .nothing : "\(notes.map { "<p class=\"hint\" lang=\"en\">\($0).</p>" as HTML })"
  }

  /// What would make employees take them up.
  func uptake() throws(PageError) -> HTML {
    let (asked, items) = try observations("uptake_factor")
    return figure(
      Chart(
        id: "uptake", title: say("findings.uptake"), remark: remark(items),
        drawing: .bars(most: 100),
        columns: [
          .init(title: "\(say("findings.factor"))"),
          .init(title: "\(say("findings.percent"))", isNumber: true),
          .init(title: "\(say("findings.answers"))", isNumber: true),
          .init(title: "\(say("findings.base"))", isNumber: true),
        ],
        rows: items.map { item in
          let value = item["value"]?.double
          let text = value.map { percent($0 / 100) }
          return .init(
            label: "\(word("dimension", item["dimension"]?.string ?? ""))", value: value,
            shown: text ?? say("not_stated"),
            cells: [text.map { "\($0)" } ?? notStated, number(item["count"]), number(item["base"])])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  /// How many of the mapped ones describe their learning outcomes.
  func outcomes() throws(PageError) -> HTML {
    let (asked, items) = try observations("describes_learning_outcomes")
    return figure(
      Chart(
        id: "outcomes", title: say("findings.outcomes"), remark: remark(items),
        drawing: .bars(most: items.compactMap { $0["base"]?.double }.max()),
        columns: [
          .init(title: "\(say("findings.population"))"),
          .init(title: "\(say("findings.number"))", isNumber: true),
          .init(title: "\(say("findings.base"))", isNumber: true),
          .init(title: "\(say("findings.share"))", isNumber: true),
        ],
        rows: items.map { item in
          let count = item["count"]?.double
          let base = item["base"]?.double
          var share = notStated
          if let count, let base, base > 0 { share = "\(percent(count / base))" }
          return .init(
            label: "\(word("dimension", item["dimension"]?.string ?? ""))", value: count,
            shown: say(
              "findings.of",
              ["count": written(item["count"]), "base": written(item["base"])]),
            cells: [number(item["count"]), number(item["base"]), share])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  /// At which levels most of those are that have one.
  func levels() throws(PageError) -> HTML {
    let (asked, items) = try observations("eqf_level_of_levelled_microcredentials")
    return figure(
      Chart(
        id: "levels", title: say("findings.levels"), remark: remark(items),
        drawing: .span(from: 1, to: 8),
        columns: [
          .init(title: "\(say("findings.population"))"),
          .init(title: "\(say("findings.from"))", isNumber: true),
          .init(title: "\(say("findings.to"))", isNumber: true),
        ],
        rows: items.map { item in
          .init(
            label: "\(word("dimension", item["dimension"]?.string ?? ""))",
            value: item["value_max"]?.double, start: item["value_min"]?.double,
            shown: say(
              "findings.span",
              ["from": written(item["value_min"]), "to": written(item["value_max"])]),
            cells: [number(item["value_min"]), number(item["value_max"])])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  /// In how many countries the welders' certificates are offered.
  func offering() throws(PageError) -> HTML {
    let (asked, items) = try observations("countries_offering")
    return figure(
      Chart(
        id: "offering", title: say("findings.offering"), remark: remark(items),
        drawing: .bars(most: nil),
        columns: [
          .init(title: "\(say("findings.certificate"))"),
          .init(title: "\(say("nav.countries"))", isNumber: true),
        ],
        rows: items.map { item in
          .init(
            label: "<span lang=\"en\">\(item["dimension"]?.string ?? "")</span>",
            value: item["value"]?.double, shown: written(item["value"]),
            cells: [number(item["value"])])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  /// The deck's eight mapped credentials, by sector and by how they are taken.
  func mapped() throws(PageError) -> HTML {
    let rows = (1...8).map { "cedefop-2022-11/row-\($0)" }.joined(separator: ",")
    let asked = Address(
      "/v1/credentials/aggregate",
      [("group_by", "sector,participation"), ("external_id", rows), ("measures", "count")])
    let groups = try read(asked)["items"]?.items ?? []
    let items =
      try read(
        Address(
          "/v1/credentials",
          [("external_id", rows), ("fields", "slug,title,sector,participation,source")]))["items"]?
      .items ?? []
    let sectors = try sectors()
    return figure(
      Chart(
        id: "mapped", title: say("findings.mapped"),
        remark: "<p class=\"hint\">\(say("findings.mapped.hint"))</p>",
        drawing: .bars(most: nil),
        columns: [
          .init(title: "\(say("findings.sector_mode"))"),
          .init(title: "\(say("findings.number"))", isNumber: true),
          .init(title: "\(say("findings.credentials"))"),
        ],
        rows: groups.map { group in
          let sector = group["sector"]?.string
          let mode = group["participation"]?.string
          let name = sectors.first { $0.code == sector }?.name
          let those = items.filter {
            $0["sector"] == group["sector"]
              && ($0["participation"]?.items.contains(group["participation"] ?? .null) ?? false
                || group["participation"] == .null && $0["participation"] == .null)
          }
          return .init(
            label:
              "\(name ?? sector ?? say("not_stated")): \(mode.map { word("participation", $0) } ?? say("not_stated"))",
            value: group["count"]?.double, shown: written(group["count"]),
            cells: [
              number(group["count"]),
              "<ul class=\"plain-list\">\(those.map { "<li>\(credentialLink($0))</li>" as HTML })</ul>",
            ])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }
}
