internal import JSON

extension Visit {
  /// What credentials say of themselves, member by member; a mark where they differ.
  func compared(credentials slugs: [String]) throws(PageError) -> HTML {
    guard (2...4).contains(slugs.count) else { return refusal("compare.credentials.number") }
    let asked = Address(
      "/v1/credentials", [("slug", slugs.joined(separator: ",")), ("limit", "4")])
    let found = try read(asked)["items"]?.items ?? []
    let credentials = slugs.compactMap { slug in found.first { $0["slug"]?.string == slug } }
    let unknown = slugs.filter { slug in !found.contains { $0["slug"]?.string == slug } }
    let unknownOnes: HTML =
      unknown.isEmpty
      ? .nothing
      : "<p class=\"problem\" role=\"alert\">\(say("compare.unknown", ["names": unknown.joined(separator: ", ")]))</p>"
    guard credentials.count > 1 else { return unknownOnes }
    let countries = try countryNames(
      credentials.flatMap { $0["countries"]?.items.compactMap(\.string) ?? [] })
    return """
      \(unknownOnes)
      \(sideBySide(
        credentials.map { credentialLink($0) },
        "<tbody>\(Self.comparedMembers.map { row($0, credentials, countries) })</tbody>",
        of: asked, from: credentials.compactMap { $0["source"] }))
      """
  }

  private static let comparedMembers = [
    "provider", "kind", "awarding_bodies", "countries", "sector", "levels", "workload", "credit",
    "learning_outcomes", "participation", "assessment_types", "assessed_by", "supervision",
    "quality_assurance_types", "prerequisites", "entry_requirement", "target_groups", "languages",
    "integration", "stackable", "rpl_uses", "validity", "price", "standard_elements",
  ]

  private func row(_ member: String, _ credentials: [JSONValue], _ countries: Names) -> HTML {
    let values = credentials.map { $0[member] ?? .null }
    let isSame = values.allSatisfy { $0 == values[0] }
    let differs: HTML = isSame ? .nothing : " <span class=\"chip\">\(say("compare.differs"))</span>"
    return """
      <tr><th scope="row">\(word("field", member))\(differs)</th>\(values.map {
        "<td>\(shown($0, of: member, countries))</td>" as HTML
      })</tr>

      """
  }

  private func shown(_ value: JSONValue, of member: String, _ countries: Names) -> HTML {
    switch (member, value) {
    case (_, .null): return notStated
    case (_, .array(let items)) where items.isEmpty: return "\(say("compare.none"))"
    case (_, .array(let items)) where items.count == 1:
      return shown(items[0], of: member, countries)
    case (_, .array(let items)):
      return
        "<ul class=\"plain-list\">\(items.map { "<li>\(shown($0, of: member, countries))</li>" as HTML })</ul>"
    case ("countries", .string(let code)): return countryLink(code, countries)
    case ("provider", .string(let slug)):
      return "<a href=\"\(link(Address("providers", slug)))\">\(slug)</a>"
    case ("languages", .string(let code)): return "\(code)"
    case (_, .string(let code)): return "\(word(Self.vocabularies[member] ?? member, code))"
    case (_, .bool(let isTrue)): return "\(say(isTrue ? "compare.yes" : "compare.no"))"
    case ("workload", _):
      return amounts(value, ["hours", "hours_min", "hours_max", "days", "modules", "months"])
    case ("validity", _): return amounts(value, ["months"])
    case ("credit", _):
      let system = word("credit_system", value["system"]?.string ?? "")
      return value["points"]?.double.map { "\(system): \(language.number($0))" } ?? "\(system)"
    case ("price", _):
      return "\(written(value["amount"])) \(value["currency"]?.string ?? "")"
    case ("levels", _):
      return "\(value["framework"]?.string ?? "") \(value["level"]?.string ?? "")"
    case ("standard_elements", _):
      return
        "\(say("findings.of", ["count": written(value["stated"]), "base": written(value["of"])]))"
    default:
      return text(value["text"]) ?? text(value["name"]) ?? text(value)
        ?? value["provider"]?.string.map { "\($0)" } ?? notStated
    }
  }

  private func amounts(_ value: JSONValue, _ units: [String]) -> HTML {
    let parts = units.compactMap { unit in
      value[unit]?.double.map { say("amount.\(unit)", ["count": language.number($0)]) }
    }
    return parts.isEmpty ? notStated : "\(parts.joined(separator: ", "))"
  }

  /// The list of words that a member's codes are in.
  private static let vocabularies = [
    "kind": "credential_kind", "assessment_types": "assessment_type",
    "quality_assurance_types": "quality_assurance_type", "target_groups": "target_group",
    "rpl_uses": "rpl_use", "supervision": "supervision_verification",
  ]
}
