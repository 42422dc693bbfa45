internal import JSON
internal import SQLite

/// What someone holds, wants and prefers.
struct PathwayQuestion {
  /// By slug: when it was awarded, where that is said.
  private(set) var held: [String: CivilDate?] = [:]
  let goal: Goal
  let country: String?
  let measure: Measure
  let participation: Set<String>
  let languages: Set<String>
  let mostHours: Double?
  let mostPrice: (amount: Double, currency: String)?
  /// The most plans to answer.
  let count: Int
  /// True to go ways of which no source says that they are open.
  let isSpeculative: Bool

  enum Goal {
    case credential(String)
    /// Any credential of a level, and of an ISCED-F field where one is named.
    case level(code: String, field: String?)
  }

  /// What the best plan has least of.
  enum Measure: String, CaseIterable { case hours, price, steps }

  /// Reads a request's body; throws all that is wrong with it.
  init(_ body: JSONValue, in database: borrowing Connection) throws(RegistryError) {
    var inspection = Inspection(.stackingRule, language: "en")
    let checked = try told { () throws(SQLiteError) in
      try inspection.check(body, Self.shape, in: database)
    }
    guard let checked else { throw .invalid(inspection.violations) }
    func text(_ value: JSONValue?) -> String? {
      if case .string(let text)? = value { text } else { nil }
    }
    func texts(_ value: JSONValue?) -> [String] {
      if case .array(let items)? = value { items.compactMap(text) } else { [] }
    }
    if case .array(let items)? = checked["held"] {
      for item in items {
        if let slug = text(item["credential"]) {
          held[slug] = text(item["date"]).flatMap { CivilDate($0) }
        }
      }
    }
    country = text(checked["country"])
    let preferences = checked["preferences"]
    participation = Set(texts(preferences?["participation"]))
    languages = Set(texts(preferences?["languages"]))
    mostHours = preferences?["max_hours"]?.real
    if let amount = preferences?["max_price"]?["amount"]?.real,
      let currency = text(preferences?["max_price"]?["currency"])
    {
      mostPrice = (amount, currency)
    } else {
      mostPrice = nil
    }
    let wished = text(preferences?["least"]) ?? Measure.hours.rawValue
    measure = Measure(rawValue: wished) ?? .hours
    if Measure(rawValue: wished) == nil {
      inspection.refuse(
        "/preferences/least",
        "A plan has least of \(Measure.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    if measure == .price, mostPrice == nil {
      inspection.refuse("/preferences/max_price", "Prices compare in one currency: state the most.")
    }
    count = checked["plans"]?.real.map { Int($0) } ?? 3
    isSpeculative = checked["speculative"] == true
    let wanted = checked["goal"]
    if let slug = text(wanted?["credential"]) {
      goal = .credential(slug)
      if wanted?["level"] != nil || wanted?["framework"] != nil || wanted?["field"] != nil {
        inspection.refuse("/goal", "A goal is a credential, or a framework's level, not both.")
      }
    } else {
      let code = "\(text(wanted?["framework"]) ?? "")-\(text(wanted?["level"]) ?? "")"
      goal = .level(code: code, field: text(wanted?["field"]))
      let isKnown = try told { () throws(SQLiteError) in
        try Domain.level.code(code, in: database) != nil
      }
      if !isKnown {
        inspection.refuse("/goal", "A goal is a credential, or a framework and one of its levels.")
      }
    }
    guard inspection.violations.isEmpty else { throw .invalid(inspection.violations) }
  }

  private static let shape = Shape.object([
    .init(
      "held",
      .objects([.init("credential", .code(.credential), required: true), .init("date", .date)])),
    .init(
      "goal",
      .object([
        .init("credential", .code(.credential)), .init("framework", .code(.framework)),
        .init("level", .text(most: 20)), .init("field", .code(.field)),
      ]), required: true),
    .init("country", .code(.country)),
    .init(
      "preferences",
      .object([
        .init("least", .text(most: 20)), .init("max_hours", .number(0...1_000_000)),
        .init("participation", .codes(.vocabulary("participation"))),
        .init("languages", .codes(.language)),
        .init(
          "max_price",
          .object([
            .init("amount", .number(0...10_000_000), required: true),
            .init("currency", .currency, required: true),
          ])),
      ])),
    .init("plans", .integer(1...10)), .init("speculative", .boolean),
  ])
}
