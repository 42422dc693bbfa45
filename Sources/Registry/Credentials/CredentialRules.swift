internal import JSON
internal import SQLite

extension Writable {
  public static let credential = Writable(
    noun: .credential,
    authorise: { (draft, _) throws(RegistryError) in try draft.authoriseCredential() },
    complete: { (draft, database) throws(RegistryError) in try draft.completeCredential(database) },
    name: { $0["title"] },
    twins: "SELECT slug FROM credential WHERE external_id = ?1 AND provider IS ?2 AND slug <> ?3",
    derived: Derived.ofCredential,
    redirect: { (redirection, database) throws(RegistryError) in
      try redirectCredential(redirection, database)
    },
    words: .credential, side: .awardingBodies, isPreparedAhead: true)
}

extension Draft {
  fileprivate mutating func completeCredential(
    _ database: borrowing Connection
  ) throws(RegistryError) {
    if document["title"] == nil { inspection.refuseMissing("title", "A credential has a title.") }
    if document["kind"] == nil, inspection.violations.isEmpty {
      document["kind"] = .string("microcredential")
    }
    if document["status"] == nil { document["status"] = .string("published") }
    if before?.text("status") == "draft", document.text("status") == "withdrawn" {
      inspection.refuse("/status", Registry.draftStays)
    }
    checkWorkload()
    checkCredit()
    checkAwardingBodies()
    try checkSector(database)
    try checkLevels(database)
    checkNotSpecified()
  }

  // DESIGN §3: a provider has its own credentials, and no one else's.
  fileprivate mutating func authoriseCredential() throws(RegistryError) {
    switch author.role {
    case .admin: return
    case .authority: throw .forbidden("An authority's key doesn't write credentials.")
    case .provider(let slug):
      if document["provider"] == nil { document["provider"] = .string(slug) }
      let owners = [document.text("provider"), before.map { $0.text("provider") } ?? slug]
      guard owners.allSatisfy({ $0 == slug }) else {
        throw .forbidden("This key is for credentials of the provider \(slug) only.")
      }
    }
  }

  private mutating func checkWorkload() {
    guard let workload = document["workload"] else { return }
    let least = workload["hours_min"].flatMap(number)
    let most = workload["hours_max"].flatMap(number)
    if workload["hours"] != nil, least != nil || most != nil {
      inspection.refuse("/workload/hours", "State either hours, or hours_min and hours_max.")
    }
    if (least == nil) != (most == nil) {
      inspection.refuse("/workload", "hours_min and hours_max go together.")
    }
    if let least, let most, least > most {
      inspection.refuse("/workload/hours_max", "This is less than hours_min.")
    }
  }

  private func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  private mutating func checkCredit() {
    guard let credit = document["credit"] else { return }
    if credit["system"] == .string("none"), credit["points"] != nil {
      inspection.refuse("/credit/points", #"There are no points where the system is "none"."#)
    }
  }

  private mutating func checkAwardingBodies() {
    for (index, body) in document.items("awarding_bodies").enumerated()
    where (body["provider"] == nil) == (body["name"] == nil) {
      inspection.refuse(
        "/awarding_bodies/\(index)", "State either the provider or, where it has no entry, a name.")
    }
  }

  private mutating func checkSector(_ database: borrowing Connection) throws(RegistryError) {
    guard let division = document.text("nace") else { return }
    let section = try told { () throws(SQLiteError) in
      try Domain.sectionOfDivision.code(division, in: database)
    }
    guard let section else { return }
    if let stated = document.text("sector"), stated != section {
      inspection.refuse("/sector", "The division \(division) belongs to section \(section).")
    }
    document["sector"] = .string(section)
  }

  private mutating func checkLevels(_ database: borrowing Connection) throws(RegistryError) {
    for (index, level) in document.items("levels").enumerated() {
      guard case .string(let framework)? = level["framework"],
        case .string(let name)? = level["level"]
      else { continue }
      let isKnown = try told { () throws(SQLiteError) in
        try Domain.frameworkOfLevel.code("\(framework)-\(name)", in: database) == framework
      }
      if isKnown { continue }
      let known = try told { () throws(SQLiteError) in
        try database.all(
          "SELECT level FROM level WHERE framework = ?1 ORDER BY position", .text(framework)
        ) { row in row.text(0) }
      }
      inspection.refuse(
        "/levels/\(index)/level",
        "\(framework) has no level \(quoted(name)). Known: \(known.joined(separator: ", ")).")
    }
  }

  private mutating func checkNotSpecified() {
    for (index, name) in document.items("not_specified").enumerated() {
      guard case .string(let member) = name, document[member] != nil || member == "slug" else {
        continue
      }
      inspection.refuse(
        "/not_specified/\(index)", "\(member) has a value, so it can't be not specified.")
    }
  }
}
