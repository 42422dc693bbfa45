public import JSON
internal import SQLite

extension Registry {
  /// The ways from what someone holds to a goal, the best first, as `PathwayQuestion` reads them from `body`.
  ///
  /// A search looks at `mostStates` at the most, so that no worker is held for long.
  public func pathways(
    _ body: JSONValue, mostStates: Int = 3000
  ) throws(RegistryError) -> JSONValue {
    try read { (database) throws(RegistryError) in
      let question = try PathwayQuestion(body, in: database)
      return try told { () throws(SQLiteError) in try answer(question, mostStates, in: database) }
    }
  }

  private func answer(
    _ question: PathwayQuestion, _ mostStates: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue {
    let graph = PathwayGraph(country: question.country)
    var held: [Int: CivilDate?] = [:]
    for (slug, date) in question.held {
      if let place = try graph.place(of: slug, in: database) { held[place] = .some(date) }
    }
    let (slugs, isWhole) = try goals(of: question, in: database)
    var goals: [Int] = []
    for slug in slugs {
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
      .init(name: "complete", value: .bool(search.isComplete && isWhole)),
      .init(name: "looked_at", value: .integer(Int64(search.looked))),
      .init(name: "off", value: .array((search.off + writer.off(plans)).map { $0.json(graph) })),
    ])
  }

  /// The credentials that would be the goal, and whether those are all.
  private func goals(
    of question: PathwayQuestion, in database: borrowing Connection
  ) throws(SQLiteError) -> ([String], Bool) {
    switch question.goal {
    case .credential(let slug): return ([slug], true)
    case .level(let code, let field):
      let slugs = try database.all(
        """
        SELECT credential.slug FROM credential_term AS term
        JOIN credential ON credential.number = term.item AND status = 'published'
        WHERE term.member = 'level' AND term.value = ?1
          AND (?2 IS NULL OR EXISTS (SELECT 1 FROM json_each(credential.isced_f) AS field
            WHERE field.value >= ?2 AND field.value < ?2 || ':'))
        ORDER BY term.item LIMIT ?3
        """, .text(code), Value(field), .integer(Int64(mostGoals + 1))
      ) { row in row.text(0) }
      return (Array(slugs.prefix(mostGoals)), slugs.count <= mostGoals)
    }
  }
}

/// As many credentials as are looked at where a goal is a level.
private let mostGoals = 200
