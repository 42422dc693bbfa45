public import JSON
internal import SQLite

extension Registry {
  /// The ways from what someone holds to a goal, the best first, as `PathwayQuestion` reads them from `body`.
  ///
  /// A search looks at `mostStates` at the most, so that no worker is held for long.
  public func pathways(
    _ body: JSONValue, mostStates: Int = 3000
  ) throws(RegistryError) -> JSONValue {
    try readColumns { (database) throws(RegistryError) in
      let question = try PathwayQuestion(body, in: database)
      guard let goals = try goals(of: question, in: database) else { return nil }
      return try told { () throws(SQLiteError) in
        try answer(question, goals, mostStates, in: database)
      }
    }
  }

  private func answer(
    _ question: PathwayQuestion, _ goal: (slugs: [String], isWhole: Bool), _ mostStates: Int,
    in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue {
    let graph = PathwayGraph(country: question.country)
    var held: [Int: CivilDate?] = [:]
    for (slug, date) in question.held {
      if let place = try graph.place(of: slug, in: database) { held[place] = .some(date) }
    }
    var goals: [Int] = []
    for slug in goal.slugs {
      if let place = try graph.place(of: slug, in: database) { goals.append(place) }
    }
    let recognition = try Recognition(of: question.country, in: database)
    let today = CivilDate(daysSince1970: environment.now().milliseconds / 86_400_000)
    var search = PathwaySearch(
      question, graph, recognition, held: held, today: today, mostStates: mostStates)
    let plans = try search.plans(to: goals, in: database)
    let writer = PathwayWriter(search)
    return .object([
      .init(name: "plans", value: .array(plans.map { writer.json($0) })),
      .init(name: "complete", value: .bool(search.isComplete && goal.isWhole)),
      .init(name: "looked_at", value: .integer(Int64(search.looked))),
      .init(name: "off", value: .array((search.off + writer.off(plans)).map { $0.json(graph) })),
    ])
  }

  /// The credentials that would be the goal, and whether those are all; nil where the columns of this moment
  /// aren't there.
  private func goals(
    of question: PathwayQuestion, in database: borrowing Connection
  ) throws(RegistryError) -> (slugs: [String], isWhole: Bool)? {
    switch question.goal {
    case .credential(let slug): return ([slug], true)
    case .level(let code, let field):
      let noun = Noun.credential
      var conditions = [Query.Condition(noun.filter(known: "level"), [.value(code)])]
      if let field {
        // A broad field has the credentials of the narrow ones in it.
        let codes = try told { () throws(SQLiteError) in
          try database.all(
            "SELECT code FROM field WHERE code >= ?1 AND code < ?1 || ':'", .text(field)
          ) { row in row.text(0) }
        }
        conditions.append(.init(noun.filter(known: "isced_f"), codes.map { .value($0) }))
      }
      let asked = try Conditions(conditions, on: noun, for: .anyone, in: database)
      guard let scan = try scan(noun, asked, for: .anyone, in: database) else { return nil }
      let numbers = scan.rows(mostGoals + 1, after: nil)
      var slugs: [String] = []
      try told { () throws(SQLiteError) in
        for number in numbers.prefix(mostGoals) {
          slugs += try database.all(
            "SELECT slug FROM credential WHERE number = ?1", .integer(number)
          ) { row in row.text(0) }
        }
      }
      return (slugs, numbers.count <= mostGoals)
    }
  }
}

/// As many credentials as are looked at where a goal is a level.
private let mostGoals = 200
