internal import JSON

/// The values of one member, each a link that chooses it or lets it go.
struct FacetList {
  let member: String
  let counts: [(value: String, count: Int)]
  /// How many values there are that aren't here.
  private let left: Int
  let question: SearchQuestion
  let names: SearchNames

  /// How many values are shown before the others fold away.
  static let most = 7

  init(_ member: String, _ list: JSONValue, _ question: SearchQuestion, _ names: SearchNames) {
    self.member = member
    self.question = question
    self.names = names
    var counts = (list["facets"]?[member]?.items ?? []).map {
      (value: Self.text($0["value"]), count: $0["count"]?.integer ?? 0)
    }
    // Levels are read in their own order; of the many providers only the largest are shown.
    if member == "eqf_level" { counts.sort { $0.value < $1.value } }
    if member == "provider" {
      counts = Array(
        counts.enumerated().filter {
          $0.offset < Self.most || question.chosen(member).contains($0.element.value)
        }.map(\.element))
    }
    left =
      (list["facets"]?[member]?.items.count ?? 0) - counts.count
      + (list["facets_more"]?[member]?.integer ?? 0)
    self.counts = counts
  }

  private static func text(_ value: JSONValue?) -> String {
    value?.string ?? value?.integer.map(String.init) ?? "null"
  }

  var html: HTML {
    let visit = names.visit
    guard !counts.isEmpty else { return .nothing }
    let chosen = question.chosen(member)
    let isShort = counts.count <= Self.most + 2
    let first = counts.enumerated().filter {
      isShort || $0.offset < Self.most || chosen.contains($0.element.value)
    }.map(\.element)
    let others = counts.filter { count in !first.contains { $0.value == count.value } }
    var html: HTML = """
      <section class="facet" aria-labelledby="facet-\(member)">
      <h3 id="facet-\(member)">\(visit.say("field.\(member)"))</h3>
      <ul>\(first.map(choice))</ul>

      """
    if !others.isEmpty {
      html += """
        <details id="more-\(member)"><summary>\(visit.say("search.more", count: others.count))</summary>
        <ul>\(others.map(choice))</ul></details>

        """
    }
    if member == "provider" {
      html += """
        <p>\(left > 0 ? "<span class=\"quiet\">\(visit.say("search.more", count: left)) ·</span> " as HTML : .nothing)\
        <a href="\(visit.link("/providers"))">\(visit.say("search.providers"))</a></p>
        """
    }
    html += "</section>"
    return html
  }

  private func choice(_ count: (value: String, count: Int)) -> HTML {
    let isChosen = question.chosen(member).contains(count.value)
    return """
      <li><a id="\(member)-\(count.value)" rel="nofollow" href="\
      \(names.visit.link(question.toggling(member, count.value)))"\
      \(isChosen ? " aria-current=\"true\"" as HTML : .nothing)><span>\
      \(names.name(member, count.value))</span> <span class="number">\
      \(names.visit.language.number(count.count))</span></a></li>
      """
  }
}
