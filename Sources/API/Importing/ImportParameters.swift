internal import HTTP
internal import HTTPTypes
internal import Registry

extension ImportOptions {
  /// From Content-Type and the query; everything that is wrong is said at once.
  init(_ request: Request) throws {
    let types: [String: Format] = ["application/x-ndjson": .ndjson, "text/csv": .csv]
    guard let type = request[.contentType].flatMap(MediaType.init), let format = types[type.text]
    else {
      throw RequestError.unsupportedMediaType(
        taken: types.keys.sorted().joined(separator: ", "), .acceptPost)
    }
    self.init(format: format)
    language = statedLanguage(request)
    var violations: [Violation] = []
    var seen: Set<String> = []
    for (name, value) in try request.target.parameters() {
      let known = ["mode", "on_conflict", "dry_run", "map"]
      var values: [String] = []
      if name != "map", !seen.insert(name).inserted {
        violations.append(Violation(.parameter(name), "\(name) is given more than once."))
      }
      switch name {
      case "mode":
        if let mode = Mode(rawValue: value) {
          self.mode = mode
        } else {
          values = Mode.allCases.map(\.rawValue)
        }
      case "on_conflict":
        if let conflict = Conflict(rawValue: value) {
          onConflict = conflict
        } else {
          values = Conflict.allCases.map(\.rawValue)
        }
      case "dry_run":
        if value == "true" || value == "false" {
          isDryRun = value == "true"
        } else {
          values = ["true", "false"]
        }
      case "map":
        guard let (column, member) = Self.mapping(value) else {
          violations.append(
            Violation(
              .parameter(name),
              "map is COLUMN=MEMBER, or COLUMN=- to leave it out; * is every other one."))
          continue
        }
        columns[column] = member
      default:
        let hint = nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
        violations.append(
          Violation(.parameter(name), "There is no parameter \"\(name.prefix(80))\" here.\(hint)"))
      }
      if !values.isEmpty {
        violations.append(
          Violation(.parameter(name), "\(name) is one of \(values.joined(separator: ", "))."))
      }
    }
    if !violations.isEmpty { throw RequestError.badParameters(violations) }
  }
}
