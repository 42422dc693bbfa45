/// Ranges of hours to choose from, and a form for any other; "not stated" is one of them.
struct HoursList {
  let question: SearchQuestion
  let names: SearchNames

  private static let ranges = ["..10", "10..40", "40..100", "100..300", "300..", "null"]

  var html: HTML {
    let visit = names.visit
    let chosen = question.address["workload_hours"]
    let ends = (chosen ?? "").split(separator: "..", omittingEmptySubsequences: false)
    let bounds = ends.count == 2 ? ends.map(String.init) : ["", ""]
    return """
      <section class="facet" aria-labelledby="facet-hours">
      <h3 id="facet-hours">\(visit.say("field.workload_hours"))</h3>
      <ul>\(Self.ranges.map { choice($0, isChosen: $0 == chosen) })</ul>
      <form class="hours" action="/credentials">
      \(visit.hidden(question.with("workload_hours", nil)))
      <label for="hours-from">\(visit.say("search.hours_from"))</label>
      <input id="hours-from" name="hours_from" type="number" min="0" step="any" value="\(bounds[0])">
      <label for="hours-to">\(visit.say("search.hours_to"))</label>
      <input id="hours-to" name="hours_to" type="number" min="0" step="any" value="\(bounds[1])">
      <button class="plain">\(visit.say("search.apply"))</button>
      </form>
      </section>
      """
  }

  private func choice(_ range: String, isChosen: Bool) -> HTML {
    """
    <li><a id="hours-\(range)" rel="nofollow" href="\
    \(names.visit.link(question.with("workload_hours", isChosen ? nil : range)))"\
    \(isChosen ? " aria-current=\"true\"" as HTML : .nothing)><span>\
    \(names.name("workload_hours", range))</span></a></li>
    """
  }
}
