internal import JSON
internal import SQLite

extension Registry {
  /// What is offered in the country called `id`; nil where the columns of this moment aren't there.
  ///
  /// Counted as lists count it for anyone: today's, whatever day the country's statements are of.
  func figures(
    of id: String, in database: borrowing Connection
  ) throws(RegistryError) -> JSONValue? {
    let sql: SQL = "SELECT code FROM country WHERE code = ?1 OR cedefop_code = ?1"
    let code = try told { () throws(SQLiteError) in
      try database.first(sql, .text(id)) { $0.text(0) }
    }
    // Whoever asks for an item that isn't there is told so by the item.
    guard let code else { return .null }
    let member = Noun.credential.filter(known:)
    let described = Query.Condition(member("learning_outcomes"), isNegated: true, [.notStated])
    guard let providers = try offered(.provider, in: code, database),
      let credentials = try offered(.credential, in: code, database),
      let describing = try offered(.credential, in: code, also: [described], database)
    else { return nil }
    let facets = credentials.facets([member("kind"), member("stackable")])
    let kinds = facets[0].counts.compactMap { kind -> (name: String, count: Int)? in
      if case .string(let name) = kind.value { (name, kind.count) } else { nil }
    }
    let stackable = facets[1].counts.first { $0.value == .bool(true) }
    return .object([
      .init(name: "providers", value: count(providers.rows().count)),
      .init(name: "credentials", value: count(credentials.rows().count)),
      .init(name: "stackable", value: count(stackable?.count ?? 0)),
      .init(name: "describing_learning_outcomes", value: count(describing.rows().count)),
      .init(
        name: "credentials_by_kind",
        value: .object(
          kinds.sorted { $0.name < $1.name }.map { .init(name: $0.name, value: count($0.count)) })),
    ])
  }

  private func offered(
    _ noun: Noun, in country: String, also others: [Query.Condition] = [],
    _ database: borrowing Connection
  ) throws(RegistryError) -> Scan? {
    let isOffered = Query.Condition(noun.filter(known: "country"), [.value(country)])
    let conditions = try Conditions(
      [isOffered] + others, on: noun, for: .anyone, in: database)
    return try scan(noun, conditions, for: .anyone, in: database)
  }
}

private func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }
