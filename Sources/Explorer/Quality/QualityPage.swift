internal import JSON

/// How often each element of the European standard is stated, by country, sector or provider; `by` in the
/// address says which, and a cell leads to those that don't say it.
@Sendable func quality(_ visit: Visit) throws -> Page {
  let asked = visit.address["by"] ?? ""
  let member = QualityHeat.members.contains(asked) ? asked : "country"
  let heat = try QualityHeat(by: member, visit)
  return Page(
    title: visit.say("quality.title"), description: visit.say("quality.lead"),
    section: "/quality", modules: ["charts.js", "sortable.js"],
    main: """
      <h1>\(visit.say("quality.title"))</h1>
      <p class="lead">\(visit.say("quality.lead"))</p>
      \(visit.figure(heat.whole(visit)))
      <section class="figure" aria-labelledby="heat">
      <h2 id="heat">\(visit.say("quality.by.\(member)"))</h2>
      <form class="choices" action="\(visit.link("/quality"))">
      \(visit.languageField)
      <p class="field"><label for="by">\(visit.say("quality.by"))</label>
      <select id="by" name="by">\(QualityHeat.members.map {
        visit.option($0, visit.word("field", $0), member)
      })</select></p>
      <p class="field"><button>\(visit.say("map.go"))</button></p>
      </form>
      <p class="hint">\(visit.say("quality.hint"))</p>
      \(heat.table(visit))
      \(heat.isCut ? "<p class=\"quiet\">\(visit.say("quality.cut", count: heat.rows.count))</p>" : .nothing)
      \(visit.origin(of: heat.asked))
      </section>
      """)
}
