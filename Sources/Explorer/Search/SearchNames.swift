internal import JSON

/// What codes are called that the registry has names for, in the page's language.
struct SearchNames {
  let visit: Visit
  /// The list that values of `kind` are from.
  private let kinds: String
  private var names: [String: [String: HTML]] = [:]

  /// Asks for the names of all codes that a page of results shows, in one question a list.
  init(_ question: SearchQuestion, _ list: JSONValue, kinds: String, _ visit: Visit)
    throws(PageError)
  {
    self.visit = visit
    self.kinds = kinds
    for (member, path, key) in Self.lists {
      var codes = Set(question.chosen(member).map { String($0.trimmingPrefix("!")) })
      for item in list["items"]?.items ?? [] {
        codes.formUnion([item[member]?.string].compactMap(\.self))
        codes.formUnion(
          member == "country" ? item["countries"]?.items.compactMap(\.string) ?? [] : [])
      }
      let counts = list["facets"]?[member]?.items.compactMap { $0["value"]?.string } ?? []
      codes.formUnion(counts.prefix(member == "provider" ? FacetList.most : .max))
      codes.subtract(["null", "none"])
      guard !codes.isEmpty else { continue }
      let answer = try visit.read(
        Address(
          path,
          [
            (key, codes.sorted().joined(separator: ",")), ("fields", "\(key),name"),
            ("limit", "1000"),
          ]))
      names[member] = Dictionary(
        (answer["items"]?.items ?? []).map {
          ($0[key]?.string ?? "", visit.text($0["name"]) ?? .nothing)
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  private static let lists = [
    ("country", "/v1/countries", "code"), ("language", "/v1/languages", "code"),
    ("provider", "/v1/providers", "slug"),
  ]

  /// Lists of codes that aren't named like the parameter.
  private static let listsOf = [
    "status": "credential_status",
    "supervision": "supervision_verification", "missing": "element",
  ]

  /// What a parameter's value, as it stands in an address, means.
  func name(_ member: String, _ value: String) -> HTML {
    switch value {
    case "null": visit.notStated
    case "none": "\(visit.say("search.none_stated"))"
    case "!null": "\(visit.say("search.stated"))"
    case "true", "false": "\(visit.say("search.\(value)"))"
    case _ where value.hasPrefix("!"):
      "\(visit.say("search.not")) \(name(member, String(value.dropFirst())))"
    case _ where value.contains(".."): range(value)
    case _ where member == "eqf_level": "\(visit.say("search.eqf", ["level": value]))"
    default:
      names[member]?[value]
        ?? "\(visit.word(member == "kind" ? kinds : Self.listsOf[member] ?? member, value))"
    }
  }

  private func range(_ value: String) -> HTML {
    let ends = value.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2 else { return "\(value)" }
    if ends[0].isEmpty { return "\(visit.say("search.up_to", ["to": ends[1]]))" }
    if ends[1].isEmpty { return "\(visit.say("search.from", ["from": ends[0]]))" }
    return "\(ends[0])–\(ends[1])"
  }
}
