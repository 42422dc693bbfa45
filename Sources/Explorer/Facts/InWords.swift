internal import JSON

/// The list that a member's codes are from.
let listsOfCodes = [
  "participation": "participation", "assessment_types": "assessment_type",
  "quality_assurance_types": "quality_assurance_type", "target_groups": "target_group",
  "rpl_uses": "rpl_use", "assessed_by": "assessed_by", "supervision": "supervision_verification",
  "integration": "integration", "sector": "sector", "status": "credential_status",
  "system": "credit_system", "missing": "element",
]

extension Visit {
  /// Any value of the API in words, for histories and comparisons; a member's name says what its codes mean.
  func inWords(_ value: JSONValue?, of member: String, _ noun: String = "credential") -> HTML {
    switch value {
    case nil, .null?: notStated
    case .bool?: yesOrNo(value) ?? notStated
    case .integer(let number)?: "\(language.number(Int(number)))"
    case .number(let number)?: "\(language.number(number, digits: 3))"
    case .string(let text)?:
      "\(word(member == "kind" ? "\(noun)_kind" : listsOfCodes[member] ?? "", text))"
    case .array(let items)?:
      items.isEmpty
        ? "\(say("fact.none"))" : joined(items.map { inWords($0, of: member, noun) }, "; ")
    case .object? where member == "workload": workload(value ?? .null)
    case .object? where member == "price": price(value ?? .null)
    case .object(let members)?:
      isLanguageMap(members)
        ? joined(members.map { "<span lang=\"\($0.name)\">\($0.value.string ?? "")</span>" }, " / ")
        : joined(
          members.map { "\(word("field", $0.name)): \(inWords($0.value, of: $0.name, noun))" },
          ", ")
    }
  }

  private func isLanguageMap(_ members: [JSONValue.Member]) -> Bool {
    !members.isEmpty && members.allSatisfy { $0.name.utf8.count == 2 && $0.value.string != nil }
  }

  func joined(_ pieces: [HTML], _ separator: HTML) -> HTML {
    var joined = HTML.nothing
    for (index, piece) in pieces.enumerated() {
      joined += index == 0 ? piece : "\(separator)\(piece)"
    }
    return joined
  }
}
