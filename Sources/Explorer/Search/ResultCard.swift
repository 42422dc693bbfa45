internal import JSON

/// A credential among others: what decides whether to look closer, "not stated" where its source is silent.
struct ResultCard {
  let names: SearchNames
  let item: JSONValue
  private var visit: Visit { names.visit }

  var html: HTML {
    let address = Address("credentials", item["slug"]?.string ?? "")
    return """
      <li class="result card">
      <h3><a href="\(visit.link(address))">\(title)</a></h3>
      <p class="by">\(provider) · \(places)\(chips)</p>
      \(excerpt)
      <dl class="brief">
      \(fact("field.level", levels))\(fact("field.workload", workload))\
      \(fact("field.credit", credit))\(fact("field.participation", participation))\
      \(fact("search.standard", elements))
      </dl>
      </li>

      """
  }

  private var title: HTML {
    if let marked = item["highlights"]?["title"]?.string {
      let bare = visit.unmarked(marked)
      let language = item["title"]?.members.first { $0.value.string == bare }?.name
      return language == nil || language == visit.language.rawValue
        ? visit.marked(marked) : "<span lang=\"\(language ?? "")\">\(visit.marked(marked))</span>"
    }
    return visit.text(item["title"])
      ?? "<span class=\"not-stated\">\(visit.say("search.untitled"))</span>"
  }

  private var provider: HTML {
    guard let slug = item["provider"]?.string else {
      return "<span class=\"not-stated\">\(visit.say("search.no_provider"))</span>"
    }
    return names.name("provider", slug)
  }

  private var places: HTML {
    if let count = item["international"]?["countries_count"]?.integer {
      return "\(visit.say("search.international", count: count))"
    }
    guard let countries = item["countries"], !countries.isNull else {
      return "<span class=\"not-stated\">\(visit.say("search.no_country"))</span>"
    }
    return visit.commas(countries.items.map { names.name("country", $0.string ?? "") })
  }

  private var chips: HTML {
    var chips = HTML.nothing
    for (member, usual) in [("kind", "microcredential"), ("integration", "stand_alone")] {
      guard let code = item[member]?.string, code != usual else { continue }
      chips += " <span class=\"chip\">\(names.name(member, code))</span>"
    }
    return chips
  }

  /// Where the words were found, if not in the title.
  private var excerpt: HTML {
    let found = item["highlights"]?.members.first { $0.name != "title" }?.value
    guard let text = found?.string ?? found?.items.first?.string else { return .nothing }
    return "<p class=\"excerpt\">\(visit.marked(text))</p>"
  }

  private func fact(_ label: String, _ value: HTML?) -> HTML {
    "<div><dt>\(visit.say(label))</dt><dd>\(value ?? visit.notStated)</dd></div>"
  }

  private var levels: HTML? {
    guard let levels = item["levels"], !levels.isNull else { return nil }
    return visit.commas(
      levels.items.map { "\($0["framework"]?.string ?? "") \($0["level"]?.string ?? "")" })
  }

  private var workload: HTML? {
    item["workload"].flatMap { $0.isNull ? nil : visit.workload($0) }
  }

  private var credit: HTML? {
    guard let system = item["credit"]?["system"]?.string else { return nil }
    guard let points = item["credit"]?["points"]?.double else {
      return "\(visit.word("credit_system", system))"
    }
    return "\(visit.language.number(points)) \(visit.word("credit_system", system))"
  }

  private var participation: HTML? {
    guard let forms = item["participation"], !forms.isNull else { return nil }
    return visit.commas(forms.items.map { names.name("participation", $0.string ?? "") })
  }

  private var elements: HTML? {
    guard let elements = item["standard_elements"] else { return nil }
    return
      "\(visit.say("search.elements", ["stated": "\(elements["stated"]?.integer ?? 0)", "of": "\(elements["of"]?.integer ?? 0)"]))"
  }
}

extension Visit {
  /// A text as the API marks what it found: `<mark>` around it, all else escaped (its `highlights`).
  func marked(_ text: String) -> HTML {
    var html = HTML.nothing
    let pieces = text.split(separator: "<mark>", omittingEmptySubsequences: false)
    html += "\(unescaped(pieces[0]))"
    for piece in pieces.dropFirst() {
      let parts = piece.split(separator: "</mark>", maxSplits: 1, omittingEmptySubsequences: false)
      html += "<mark>\(unescaped(parts[0]))</mark>\(unescaped(parts.count == 2 ? parts[1] : ""))"
    }
    return html
  }

  /// The same without its marks.
  func unmarked(_ text: String) -> String {
    unescaped(text.replacing("<mark>", with: "").replacing("</mark>", with: "")[...])
  }

  private func unescaped(_ text: Substring) -> String {
    var text = String(text)
    for (escaped, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] { text.replace(escaped, with: character) }
    return text
  }

  func commas(_ pieces: [HTML]) -> HTML {
    var list = HTML.nothing
    for (index, piece) in pieces.enumerated() { list += index == 0 ? piece : ", \(piece)" }
    return list
  }
}
