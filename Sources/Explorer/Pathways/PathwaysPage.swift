internal import JSON

/// `/pathways`: from what someone holds to where they want to get, step by step.
///
/// Nothing of it needs a script: what is held and the goal are looked for by words, chosen by a link, and kept
/// in the address.
@Sendable func pathways(_ visit: Visit) throws -> Page {
  let form = PathwayForm(visit.address)
  var titles = try visit.titles(form.held + [form.goal].compactMap(\.self))
  let plans: HTML
  if let question = form.question {
    plans = try visit.plans(question, form, &titles)
  } else {
    plans = "<p class=\"hint\">\(visit.say("pathways.choose_goal"))</p>"
  }
  return Page(
    title: visit.say("pathways.title"), description: visit.say("pathways.lead"),
    section: "/pathways",
    main: """
      <h1>\(visit.say("pathways.title"))</h1>
      <p class="lead">\(visit.say("pathways.lead"))</p>
      <div class="with-aside">
      <div class="aside">
      \(try visit.holdings(form, titles))
      \(try visit.goal(form, titles))
      \(try visit.circumstances(form))
      </div>
      <section aria-labelledby="plans"><h2 id="plans">\(visit.say("pathways.plans"))</h2>\(plans)</section>
      </div>
      """)
}

extension Visit {
  /// The titles of these credentials by their slugs; those that are none are missing.
  func titles(_ slugs: [String]) throws(PageError) -> [String: HTML] {
    guard !slugs.isEmpty else { return [:] }
    let list = try read(
      Address(
        "/v1/credentials",
        [("slug", slugs.joined(separator: ",")), ("fields", "slug,title"), ("limit", "100")]))
    var titles: [String: HTML] = [:]
    for item in list["items"]?.items ?? [] {
      titles[item["slug"]?.string ?? ""] = text(item["title"]) ?? "\(item["slug"]?.string ?? "")"
    }
    return titles
  }

  fileprivate func holdings(_ form: PathwayForm, _ titles: [String: HTML]) throws -> HTML {
    let chosen = form.held.map { slug in
      """
      <li>\(titles[slug] ?? "\(slug)") <a class="remove" href="\(link(without(held: slug)))">\
      \(say("pathways.remove")) <span class="hidden-text">\(titles[slug] ?? "\(slug)")</span></a></li>
      """ as HTML
    }
    return """
      <section class="card"><h2>\(say("pathways.held"))</h2>
      \(chosen.isEmpty ? "<p class=\"hint\">\(say("pathways.held.none"))</p>" : "<ul class=\"chosen\">\(chosen)</ul>")
      \(try finder("find", say("pathways.held.find")) { address, slug in
        var address = address
        address.parameters.append(("held", slug))
        return address
      })</section>
      """
  }

  private func without(held slug: String) -> Address {
    var address = address
    address.parameters.removeAll { $0.name == "held" && $0.value == slug }
    return address
  }

  fileprivate func goal(_ form: PathwayForm, _ titles: [String: HTML]) throws -> HTML {
    if let goal = form.goal {
      return """
        <section class="card"><h2>\(say("pathways.goal"))</h2>
        <ul class="chosen"><li>\(titles[goal] ?? "\(goal)") <a class="remove" href="\(link(address.with("goal", nil)))">\
        \(say("pathways.change"))</a></li></ul></section>
        """
    }
    return """
      <section class="card"><h2>\(say("pathways.goal"))</h2>
      \(try finder("find_goal", say("pathways.goal.find")) { $0.with("goal", $1) })
      <p class="hint">\(say("pathways.goal.or"))</p>
      \(try levelForm(form))</section>
      """
  }

  private func levelForm(_ form: PathwayForm) throws -> HTML {
    let fields = try read(
      Address(
        "/v1/fields",
        [("level", "narrow"), ("fields", "code,name"), ("sort", "code"), ("limit", "200")]))
    let options = (fields["items"]?.items ?? []).map { field in
      option(
        field["code"]?.string ?? "", plain(field["name"]) ?? "",
        isChosen: form.field == field["code"]?.string)
    }
    return """
      <form action="/pathways">\(kept(except: ["level", "field", "goal", "find", "find_goal"]))
      <div class="field"><label for="level">\(say("pathways.level"))</label>
      <select id="level" name="level"><option value="">–</option>\
      \((1...8).map { option("\($0)", "EQF \($0)", isChosen: form.level == "\($0)") })</select></div>
      <div class="field"><label for="field">\(say("pathways.field"))</label>
      <select id="field" name="field"><option value="">\(say("pathways.any"))</option>\(options)</select></div>
      <button class="plain">\(say("pathways.set"))</button></form>
      """
  }

  fileprivate func circumstances(_ form: PathwayForm) throws -> HTML {
    let options = try countryNames().map { country in
      option(country.code, country.name, isChosen: form.country == country.code)
    }
    return """
      <section class="card"><h2>\(say("pathways.how"))</h2>
      <form action="/pathways">\(kept(except: ["country", "least", "speculative", "find", "find_goal"]))
      <div class="field"><label for="country">\(say("pathways.country"))</label>
      <select id="country" name="country"><option value="">\(say("pathways.any"))</option>\(options)</select></div>
      <div class="field"><label for="least">\(say("pathways.least"))</label>
      <select id="least" name="least">\
      \(["hours", "price", "steps"].map { option($0, say("pathways.least.\($0)"), isChosen: form.least == $0) })\
      </select></div>
      <p><label class="check"><input type="checkbox" name="speculative" value="true"\
      \(form.isSpeculative ? " checked" : "")> \(say("pathways.speculative"))</label></p>
      <button>\(say("pathways.plan"))</button></form></section>
      """
  }

  /// A search of its own within the page; each credential that it finds is a link that chooses it.
  private func finder(
    _ name: String, _ label: String, _ choosing: (Address, String) -> Address
  ) throws -> HTML {
    let words = address[name] ?? ""
    var found: [HTML] = []
    if !words.isEmpty {
      let list = try read(
        Address("/v1/credentials", [("q", words), ("fields", "slug,title"), ("limit", "8")]))
      let rest = address.with("find", nil).with("find_goal", nil)
      found = (list["items"]?.items ?? []).map { item in
        let slug = item["slug"]?.string ?? ""
        return """
          <li><a href="\(link(choosing(rest, slug)))">\(say("pathways.choose")) \
          \(text(item["title"]) ?? "\(slug)")</a></li>
          """
      }
    }
    return """
      <form action="/pathways" role="search">\(kept(except: ["find", "find_goal"]))
      <div class="field"><label for="\(name)">\(label)</label>
      <input id="\(name)" name="\(name)" type="search" value="\(words)"></div>
      <button class="plain">\(say("search.go"))</button></form>
      \(words.isEmpty ? "" : found.isEmpty
        ? "<p role=\"status\">\(say("search.none"))</p>" : "<ul class=\"found\">\(found)</ul>")
      """
  }

  /// What a form keeps of the address it was shown at.
  private func kept(except names: Set<String>) -> HTML {
    let rest = address.parameters.filter { !names.contains($0.name) }
    return """
      \(rest.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML })\(chosenLanguage)
      """
  }

  func option(_ value: String, _ label: String, isChosen: Bool) -> HTML {
    "<option value=\"\(value)\"\(isChosen ? " selected" : "")>\(label)</option>"
  }
}
