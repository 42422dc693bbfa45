internal import JSON

/// What was chosen, each value with a way to let it go.
struct ChosenFilters {
  let question: SearchQuestion
  let names: SearchNames

  var html: HTML {
    let visit = names.visit
    let chips = question.filters.flatMap { name, _ in values(of: name).map { chip(name, $0) } }
    guard !chips.isEmpty else { return .nothing }
    var bare = Address(question.address.path)
    bare["q"] = question.words
    return """
      <ul class="chips chosen-filters" aria-label="\(visit.say("search.chosen"))">\(chips)\
      <li><a class="clear" href="\(visit.link(bare))">\(visit.say("search.clear"))</a></li></ul>
      """
  }

  /// A range of hours is one value.
  private func values(of name: String) -> [String] {
    name == "workload_hours"
      ? [question.address[name]].compactMap(\.self) : question.chosen(name)
  }

  private func chip(_ name: String, _ value: String) -> HTML {
    let visit = names.visit
    let rest =
      name == "workload_hours" ? question.with(name, nil) : question.toggling(name, value)
    return """
      <li><a class="chip" rel="nofollow" href="\(visit.link(rest))">\
      <span class="hidden-text">\(visit.say("search.remove"))</span> \
      \(visit.word("field", name)): \(names.name(name, value))</a></li>
      """
  }
}

extension Visit {
  /// The ways to the next page of a list, and back to its first.
  func pages(_ list: JSONValue, _ question: SearchQuestion) -> HTML {
    var links = HTML.nothing
    if !question.isFirstPage {
      let first = question.address.with("cursor", nil)
      links += "<a class=\"button plain\" href=\"\(link(first))\">\(say("search.first"))</a>"
    }
    if let cursor = list["next"]?.string {
      let next = question.address.with("cursor", cursor)
      links +=
        "<a class=\"button\" rel=\"next\" href=\"\(link(next))\">\(say("search.next"))</a>"
    }
    guard !links.isEmpty else { return .nothing }
    return "<nav class=\"pages\" aria-label=\"\(say("search.pages"))\">\(links)</nav>"
  }
}
