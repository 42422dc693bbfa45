internal import JSON

/// A credential, and what the codes that it names are called.
struct CredentialFacts {
  let visit: Visit
  let item: JSONValue
  let countries: [String: JSONValue]
  let levels: [String: JSONValue]
  let providers: [String: JSONValue]
  private let divisions: [String: JSONValue]
  private let fields: [String: JSONValue]
  private let languages: [String: JSONValue]

  init(_ item: JSONValue, _ visit: Visit) throws(PageError) {
    self.visit = visit
    self.item = item
    let named = [("fields", "code,name")]
    let bodies = item["awarding_bodies"]?.items ?? []
    countries = try visit.lookUp(
      "countries",
      codes(item["countries"]) + bodies.compactMap { $0["country"]?.string }, named)
    levels = try visit.lookUp(
      "levels", (item["levels"]?.items ?? []).map(levelCode),
      [("fields", "code,name,eqf_level,eqf_verified,eqf_source")])
    providers = try visit.lookUp(
      "providers",
      [item["provider"]?.string].compactMap(\.self) + bodies.compactMap { $0["provider"]?.string },
      [("status", "active,withdrawn"), ("fields", "slug,name,country,homepage")], by: "slug")
    divisions = try visit.lookUp("sectors", [item["nace"]?.string].compactMap(\.self), named)
    fields = try visit.lookUp("fields", codes(item["isced_f"]), named)
    languages = try visit.lookUp("languages", codes(item["languages"]), named)
  }

  /// Its facts in groups, each member in its place whether it is stated or not.
  var groups: HTML {
    var all = HTML.nothing
    for group in Self.groups {
      all += """
        <section aria-labelledby="\(group.id)">
        <h2 id="\(group.id)">\(visit.say("credential.group.\(group.id)"))</h2>
        \(visit.facts(group.members.map(row)))
        </section>

        """
    }
    return "<div class=\"groups\">\(all)</div>"
  }

  private static let groups: [(id: String, members: [String])] = [
    (
      "offer",
      [
        "provider", "awarding_bodies", "countries", "international", "languages", "price",
        "homepage",
      ]
    ),
    ("learning", ["workload", "credit", "levels", "participation"]),
    ("assessment", ["assessment_types", "assessed_by", "supervision", "quality_assurance_types"]),
    ("access", ["prerequisites", "entry_requirement", "target_groups", "highly_targeted"]),
    ("use", ["integration", "stackable", "rpl_uses", "validity"]),
    ("subject", ["sector", "nace", "isced_f", "occupations", "emerging_topics"]),
  ]

  /// What a member says, or how it is that it says nothing, and how the source prints it.
  func row(_ member: String) -> HTML {
    var said = shown(member)
    if said == nil, codes(item["not_specified"]).contains(member) {
      said = "<span class=\"not-stated\">\(visit.say("fact.not_specified"))</span>"
    }
    guard let printed = item["as_printed"]?[member]?.string else {
      return visit.fact(of: member, said)
    }
    return visit.fact(
      of: member,
      "\(said ?? visit.notStated) <span class=\"hint\">\(visit.say("fact.as_printed")) <q>\(printed)</q></span>"
    )
  }

  // A case a kind of value; hence the length.
  private func shown(_ member: String) -> HTML? {
    guard let value = item[member], !value.isNull else { return nil }
    switch member {
    case "provider": return provider(value.string ?? "")
    case "awarding_bodies": return visit.several(value.items.map(awardingBody))
    case "countries": return visit.several(codes(value).map(country))
    case "international":
      return
        "\(visit.say("credential.international", count: value["countries_count"]?.integer ?? 0))"
    case "languages":
      return visit.several(codes(value).map { visit.text(languages[$0]?["name"]) ?? "\($0)" })
    case "homepage": return visit.outward(value.string ?? "")
    case "workload": return visit.workload(value)
    case "credit": return credit(value)
    case "levels": return visit.several(value.items.map(level))
    case "prerequisites", "entry_requirement": return visit.textOrNone(value)
    case "validity": return validity(value)
    case "price": return visit.price(value)
    case "sector":
      return
        "\(visit.word("sector", value.string ?? "")) <span class=\"quiet\">(NACE \(value.string ?? ""))</span>"
    case "nace": return coded(value.string ?? "", divisions)
    case "isced_f": return visit.several(codes(value).map { coded($0, fields) })
    case "occupations": return visit.several(codes(value).map(visit.outward))
    case "stackable", "highly_targeted", "emerging_topics": return visit.yesOrNo(value)
    default:
      let list = listsOfCodes[member] ?? ""
      if case .array(let items) = value {
        return visit.several(items.map { "\(visit.word(list, $0.string ?? ""))" })
      }
      return "\(visit.word(list, value.string ?? ""))"
    }
  }

  private func coded(_ code: String, _ names: [String: JSONValue]) -> HTML {
    "\(visit.text(names[code]?["name"]) ?? "") <span class=\"quiet\">(\(code))</span>"
  }

  func country(_ code: String) -> HTML {
    "<a href=\"\(visit.link(Address("countries", code)))\">\(visit.text(countries[code]?["name"]) ?? "\(code)")</a>"
  }

  func provider(_ slug: String) -> HTML {
    "<a href=\"\(visit.link(Address("providers", slug)))\">\(visit.text(providers[slug]?["name"]) ?? "\(slug)")</a>"
  }

  private func awardingBody(_ body: JSONValue) -> HTML {
    var html = body["provider"]?.string.map(provider) ?? visit.text(body["name"]) ?? visit.notStated
    if let code = body["country"]?.string { html += ", \(country(code))" }
    if body["joint"] == true {
      html += " <span class=\"chip\">\(visit.say("credential.joint"))</span>"
    }
    return html
  }

  private func credit(_ credit: JSONValue) -> HTML {
    let system = visit.word("credit_system", credit["system"]?.string ?? "")
    guard let points = credit["points"]?.double else {
      return credit["system"] == "none"
        ? "\(system)" : "\(system), \(visit.say("credential.points")): \(visit.notStated)"
    }
    return "\(visit.language.number(points)) \(system)"
  }

  private func validity(_ validity: JSONValue) -> HTML {
    let months: HTML? = validity["months"]?.double.map { "\(visit.amount("amount.months", $0))" }
    let renewable = visit.yesOrNo(validity["renewable"])
    return
      "\(months ?? visit.notStated) · \(visit.say("credential.renewable")): \(renewable ?? visit.notStated)"
  }

  private func level(_ level: JSONValue) -> HTML {
    let code = levelCode(level)
    let name = visit.text(levels[code]?["name"]) ?? "\(code)"
    guard level["framework"] != "EQF" else { return name }
    guard let eqf = levels[code]?["eqf_level"]?.integer else {
      return "\(name) <span class=\"quiet\">(\(visit.say("credential.no_eqf")))</span>"
    }
    return """
      \(name) = <a href="\(visit.link(Address("credentials", with: [("eqf_level", "\(eqf)")])))">EQF \(eqf)</a>\
      \(visit.unless(verified: levels[code]?["eqf_verified"]))
      """
  }
}

/// The texts of a list of codes.
func codes(_ list: JSONValue?) -> [String] { list?.items.compactMap(\.string) ?? [] }

/// A level's code: its framework's, and its own.
func levelCode(_ level: JSONValue) -> String {
  "\(level["framework"]?.string ?? "")-\(level["level"]?.string ?? "")"
}

extension Visit {
  /// A workload in all the forms in which it is stated.
  func workload(_ workload: JSONValue) -> HTML {
    var forms: [HTML] = []
    if let least = workload["hours_min"]?.double, let most = workload["hours_max"]?.double {
      forms.append("\(language.number(least))–\(amount("amount.hours", most))")
    }
    for unit in ["hours", "days", "modules", "months"] {
      if let number = workload[unit]?.double { forms.append("\(amount("amount.\(unit)", number))") }
    }
    return joined(forms, " · ")
  }

  func price(_ price: JSONValue) -> HTML {
    "\(language.number(price["amount"]?.double ?? 0, digits: 2)) \(price["currency"]?.string ?? "")"
  }
}
