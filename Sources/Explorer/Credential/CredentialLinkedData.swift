internal import JSON

extension CredentialFacts {
  /// The credential in the words of schema.org: `EducationalOccupationalCredential`, with only what is stated.
  func linkedData(_ here: Address) -> JSONValue {
    var members: [(String, JSONValue?)] = [
      ("@context", "https://schema.org"),
      ("@type", "EducationalOccupationalCredential"),
      ("@id", .string(visit.origin + here.text)),
      ("url", .string(visit.origin + here.text)),
      ("name", .string(title)),
      ("description", visit.plain(item["description"]).map(JSONValue.string)),
      ("identifier", item["id"]),
      ("sameAs", item["homepage"].flatMap { $0.isNull ? nil : $0 }),
      ("credentialCategory", term(item["kind"]?.string, "credential_kind")),
      ("dateModified", item["updated_at"]),
      ("version", item["version"]),
    ]
    members += [
      ("provider", item["provider"]?.string.map(organization)),
      ("recognizedBy", list((item["awarding_bodies"]?.items ?? []).map(awarding))),
      (
        "competencyRequired",
        list(
          (item["learning_outcomes"]?.items ?? []).compactMap { outcome in
            visit.plain(outcome["text"]).map(JSONValue.string)
          })
      ),
      (
        "educationalLevel",
        list(
          (item["levels"]?.items ?? []).map { level in
            defined(visit.plain(levels[levelCode(level)]?["name"]) ?? "", levelCode(level))
          })
      ),
      ("inLanguage", list(item["languages"]?.items ?? [])),
      (
        "validIn",
        list(
          codes(item["countries"]).map { code in
            .object([
              .init(name: "@type", value: "AdministrativeArea"),
              .init(name: "name", value: .string(visit.plain(countries[code]?["name"]) ?? code)),
            ])
          })
      ),
      ("validFor", item["validity"]?["months"]?.integer.map { .string("P\($0)M") }),
      ("timeRequired", item["workload"]?["hours"]?.double.map { .string(duration($0)) }),
      ("offers", item["price"].flatMap(offer)),
    ]
    return .object(members.compactMap { name, value in value.map { .init(name: name, value: $0) } })
  }

  /// ISO 8601 has whole minutes.
  private func duration(_ hours: Double) -> String {
    let minutes = Int((hours * 60).rounded())
    return "PT\(minutes / 60)H" + (minutes % 60 == 0 ? "" : "\(minutes % 60)M")
  }

  private func list(_ values: [JSONValue]) -> JSONValue? {
    values.isEmpty ? nil : values.count == 1 ? values[0] : .array(values)
  }

  private func term(_ code: String?, _ list: String) -> JSONValue? {
    code.map { defined(visit.word(list, $0), $0) }
  }

  private func defined(_ name: String, _ code: String) -> JSONValue {
    .object([
      .init(name: "@type", value: "DefinedTerm"), .init(name: "name", value: .string(name)),
      .init(name: "termCode", value: .string(code)),
    ])
  }

  private func organization(_ slug: String) -> JSONValue {
    .object([
      .init(name: "@type", value: "Organization"),
      .init(name: "@id", value: .string(visit.origin + Address("providers", slug).text)),
      .init(name: "name", value: .string(visit.plain(providers[slug]?["name"]) ?? slug)),
    ])
  }

  private func awarding(_ body: JSONValue) -> JSONValue {
    if let slug = body["provider"]?.string { return organization(slug) }
    return .object([
      .init(name: "@type", value: "Organization"),
      .init(name: "name", value: .string(visit.plain(body["name"]) ?? "")),
    ])
  }

  private func offer(_ price: JSONValue) -> JSONValue? {
    guard let amount = price["amount"], let currency = price["currency"] else { return nil }
    return .object([
      .init(name: "@type", value: "Offer"), .init(name: "price", value: amount),
      .init(name: "priceCurrency", value: currency),
    ])
  }
}
