internal import JSON

// Facts as they are listed: what is stated, what is stated not to be, and what nobody states, kept apart.
extension Visit {
  /// A term and what is stated of it; nil is shown as not stated.
  func fact(_ term: String, _ value: HTML?) -> HTML {
    "<dt>\(term)</dt><dd>\(value ?? notStated)</dd>\n"
  }

  /// A fact under the name that the API's member has here.
  func fact(of member: String, _ value: HTML?) -> HTML { fact(word("field", member), value) }

  func facts(_ rows: [HTML]) -> HTML { "<dl class=\"facts\">\n\(rows)</dl>" }

  /// What is shown of a list that is stated: its items, or that there are none.
  func several(_ items: [HTML]) -> HTML {
    switch items.count {
    case 0: "\(say("fact.none"))"
    case 1: items[0]
    default: "<ul class=\"plain\">\(items.map { "<li>\($0)</li>" as HTML })</ul>"
    }
  }

  /// Yes, no, or nil where neither is stated.
  func yesOrNo(_ value: JSONValue?) -> HTML? {
    guard case .bool(let isSo)? = value else { return nil }
    return "\(say(isSo ? "fact.yes" : "fact.no"))"
  }

  /// A text, or that there is none, as `prerequisites` may say.
  func textOrNone(_ value: JSONValue?) -> HTML? {
    value == .string("none") ? "\(say("fact.none"))" : text(value)
  }

  /// So many of something, with its plural: 22.5 hours (CLDR's rules).
  func amount(_ key: String, _ number: Double) -> String {
    let isOne = number == 1 || language == .fr && number < 2
    return say(key + (isOne ? ".one" : ".other"), ["count": language.number(number)])
  }

  /// The mark of what nobody has verified.
  func unless(verified: JSONValue?) -> HTML {
    verified == .bool(false)
      ? " <span class=\"chip caution\">\(say("fact.unverified"))</span>" : .nothing
  }

  /// A moment to the minute; `text` is an RFC 3339 time in UTC.
  func moment(_ text: String) -> HTML {
    "\(date(text)), \(String(text.dropFirst(11).prefix(5))) UTC"
  }

  /// What the API says of these codes in one of its lists, by code.
  func lookUp(
    _ list: String, _ codes: some Sequence<String>,
    _ parameters: [(name: String, value: String)] = [],
    by key: String = "code"
  ) throws(PageError) -> [String: JSONValue] {
    let codes = Set(codes).sorted()
    guard !codes.isEmpty else { return [:] }
    let answer = try read(
      Address(
        "v1", list,
        with: [(key, codes.joined(separator: ",")), ("limit", "\(min(codes.count, 1000))")]
          + parameters))
    let items = answer["items"]?.items ?? []
    return Dictionary(
      items.compactMap { item in item[key]?.string.map { ($0, item) } },
      uniquingKeysWith: { first, _ in first })
  }
}
