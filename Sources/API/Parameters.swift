internal import HTTP
internal import HTTPTypes
internal import Registry

/// The query of a request, read by the members of a noun; every violation is kept until the end.
struct Parameters {
  private(set) var given: [(name: String, value: String)]
  private(set) var violations: [Violation] = []
  /// What is asked for: the noun of the path, or a form of it that a parameter asked for.
  var noun: Noun
  /// The day that `as_of` names.
  private(set) var day: String?

  init(_ request: Request, _ noun: Noun) throws(Refusal) {
    given = try request.target.parameters()
    self.noun = noun
  }

  /// The same of a noun that may be asked for as it was.
  init(_ request: Request, _ noun: Noun, of registry: Registry) throws {
    try self.init(request, noun)
    if noun.isDated { try readDay(registry) }
  }

  /// True where the list is to be cut into pages in every format.
  var isLimited: Bool { given.contains { $0.name == "limit" } }

  /// `as_of=2022-12-31`, or `as_of=2022`: the noun as of that day.
  private mutating func readDay(_ registry: Registry) throws {
    // A member of that name filters by null and !null.
    let isDay = { (name: String, value: String) in name == "as_of" && !value.hasSuffix("null") }
    guard let value = given.first(where: isDay)?.value else { return }
    given.removeAll(where: isDay)
    do throws(RegistryError) {
      noun = try registry.noun(noun, asOf: value)
      day = value
    } catch {
      guard case .badQuery(let found) = error else { throw error }
      violations += found
    }
  }

  /// Refuses whatever is there.
  mutating func none() throws(RequestError) {
    for (name, _) in given { refuseUnknown(name, []) }
    if !violations.isEmpty { throw .badParameters(violations) }
  }

  /// The languages to prefer where one text stands for a language map.
  mutating func languages() -> [String] { take("lang").map { [$0] } ?? [] }

  /// The format asked for by name.
  mutating func format() throws(RequestError) -> Format? {
    guard let name = take("format") else { return nil }
    guard let format = Format(rawValue: name) else {
      refuse("format", "There is no format \"\(name.prefix(40))\": there are json, ndjson and csv.")
      throw .badParameters(violations)
    }
    return format
  }

  mutating func refuse(_ parameter: String, _ detail: String) {
    violations.append(Violation(.parameter(parameter), detail))
  }

  mutating func refuseUnknown(_ name: String, _ known: [String]) {
    let hint = nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
    refuse(name, "There is no parameter \"\(name.prefix(80))\" here.\(hint)")
  }

  mutating func take(_ name: String) -> String? {
    let values = given.filter { $0.name == name }.map(\.value)
    given.removeAll { $0.name == name }
    if values.count > 1 { refuse(name, "\(name) is given more than once.") }
    return values.first
  }

  mutating func list(_ name: String) -> [String]? {
    take(name)?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  mutating func field(_ name: String, of noun: Noun) -> Field? {
    if let field = noun.field(name) { return field }
    refuse("fields", unknown(name, noun.members.map(\.name), "member"))
    return nil
  }

  func unknown(_ name: String, _ known: [String], _ what: String) -> String {
    let hint =
      nearest(to: name, among: known).map { "Did you mean \($0)?" }
      ?? "Known: \(known.joined(separator: ", "))."
    return "There is no \(what) \"\(name.prefix(80))\". \(hint)"
  }

  mutating func integer(_ name: String, _ range: ClosedRange<Int>, else usual: Int) -> Int {
    guard let text = take(name) else { return usual }
    guard let number = Int(text), range.contains(number) else {
      refuse(name, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
      return usual
    }
    return number
  }
}

extension Route {
  /// Refuses parameters of what isn't GET; an import has some, and reads them itself.
  func checkParameters(of request: Request) throws {
    if method == .get || template.hasSuffix(":import") { return }
    try request.takesNoParameters()
  }
}

extension Request {
  /// Refuses every parameter.
  func takesNoParameters() throws {
    var parameters = try Parameters(self, .source)
    try parameters.none()
  }
}
