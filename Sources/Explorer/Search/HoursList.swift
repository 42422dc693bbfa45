internal import JSON

/// Ranges of hours to choose from, and a form for any other; "not stated" is one of them.
struct HoursList {
  private let question: SearchQuestion
  private let names: SearchNames
  /// By range, what choosing it would give, as facets have it.
  private var counts: [String: Int] = [:]

  private static let ranges = ["..10", "10..40", "40..100", "100..300", "300..", "null"]

  init(_ list: JSONValue, _ question: SearchQuestion, _ names: SearchNames) throws(PageError) {
    self.question = question
    self.names = names
    let isChosen = question.address["workload_hours"] != nil
    guard isChosen || list["total"]?.integer != 0 else { return }
    for range in Self.ranges {
      var asked = question.with("workload_hours", range).with("sort", nil)
      // One group, for which no credential is read: a list with its count takes longer.
      asked.path = "/v1/credentials/aggregate"
      asked["group_by"] = "status"
      let groups = try names.visit.read(asked)["items"]?.items ?? []
      counts[range] = groups.reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
    }
  }

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
    \(names.name("workload_hours", range))</span>\(count(range))</a></li>
    """
  }

  private func count(_ range: String) -> HTML {
    guard let count = counts[range] else { return .nothing }
    return " <span class=\"number\">\(names.visit.language.number(count))</span>"
  }
}
