internal import SQLite

/// What must hold of the item as a change found it, or as it left it.
private struct Side {
  private(set) var sql: SQL = "TRUE"
  private(set) var values: [Value] = []

  mutating func add(_ clause: SQL, _ more: [Value] = []) {
    sql += "AND (" + clause + ")"
    values += more
  }
}

extension Registry {
  /// What was asked for, and that the asker may see it: what a draft was is its provider's to know.
  func feedConditions(
    _ asked: [Query.Condition], for viewer: Viewer, in database: borrowing Connection
  ) throws(RegistryError) -> Conditions {
    var (after, before) = (Side(), Side())
    switch viewer {
    case .admin: break
    case .anyone:
      after.add("seen_after")
      before.add("seen_before")
    case .provider(let slug):
      after.add("seen_after OR" + survivingOwner + "= ?", [.text(slug)])
      before.add("seen_before OR" + formerOwner + "= ?", [.text(slug)])
    }
    var conditions = try Conditions([], on: .change, for: viewer, in: database)
    for part in try Conditions(asked, on: .change, for: viewer, in: database).parts {
      guard let asked = part.asked, asked.field.parameter == "provider" else {
        conditions.append(part.clause, part.values)
        continue
      }
      let former = Query.Condition(
        formerProvider, isNegated: asked.isNegated, asked.alternatives)
      let was = try Conditions([former], on: .change, for: viewer, in: database)
      after.add(part.clause, part.values)
      before.add(was.sql, was.values)
    }
    // What takes an item away from what was asked for, or from the asker's sight, is told as well.
    conditions.append(
      "(" + after.sql + ") OR action <> 'create' AND" + before.sql, after.values + before.values)
    return conditions
  }
}
