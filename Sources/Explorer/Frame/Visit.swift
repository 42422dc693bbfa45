internal import API
internal import HTTP
internal import HTTPTypes
internal import JSON

/// Why there is no page.
enum PageError: Error {
  /// The API's answer, which says it.
  case refused(Response)
}

/// One request for a page: in which language, what it asks for, and what the page asked the API to be made.
final class Visit {
  let request: Request
  let language: Language
  /// The address as it was asked for, without `lang`.
  let address: Address
  /// Scheme and authority, for addresses that are read elsewhere.
  let origin: String
  /// What the API was asked for this page, in order.
  private(set) var asked: [Address] = []
  private let ask: Ask
  /// True where the address says the language, which links then say, too.
  let isLanguageChosen: Bool
  private let messages: Messages

  /// Refused where the query can't be read.
  convenience init(
    _ request: Request, _ settings: Explorer.Settings, _ ask: @escaping Ask
  ) throws(Refusal) {
    self.init(request, asking: try request.target.parameters(), settings, ask)
  }

  init(
    _ request: Request, asking parameters: [(name: String, value: String)],
    _ settings: Explorer.Settings, _ ask: @escaping Ask
  ) {
    self.request = request
    self.ask = ask
    origin = settings.origin ?? "http://\(request[.host] ?? "localhost")"
    var address = Address(request.target.path, parameters)
    let chosen = address["lang"].flatMap(Language.init(rawValue:))
    isLanguageChosen = chosen != nil
    language = chosen ?? Language(accept: request[.acceptLanguage])
    address["lang"] = nil
    self.address = address
    guard let messages = Messages.all[language] else {
      preconditionFailure("Every language has its messages.")
    }
    self.messages = messages
  }

  /// The JSON that the API answers with; what it refuses becomes the page.
  func read(_ address: Address) throws(PageError) -> JSONValue {
    asked.append(address)
    return try value(of: ask(Request(get: target(address))))
  }

  /// The answer to a question that is too long for an address.
  func read(_ address: Address, asking question: JSONValue) throws(PageError) -> JSONValue {
    try value(of: ask(Request(post: question.bytes, to: target(address))))
  }

  private func target(_ address: Address) -> Target {
    guard let target = Target(address.text) else {
      preconditionFailure("\(address.text) isn't in normal form.")
    }
    return target
  }

  private func value(of answer: Response) throws(PageError) -> JSONValue {
    guard answer.status == .ok, case .bytes(let bytes) = answer.body,
      let value = try? JSONValue(parsing: bytes)
    else { throw .refused(answer) }
    return value
  }

  /// A link's address, in the language of this page where that was chosen.
  func link(_ address: Address) -> String {
    (isLanguageChosen ? address.with("lang", language.rawValue) : address).text
  }

  func link(_ path: String) -> String { link(Address(path)) }

  /// What a form sends along where the language was chosen.
  var chosenLanguage: HTML {
    isLanguageChosen
      ? "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">" : .nothing
  }

  /// The interface's words; every key is in every language, as a test holds.
  func say(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    guard var text = messages[key] else { preconditionFailure("There is no message \(key).") }
    for (name, value) in values { text.replace("{\(name)}", with: value) }
    return text
  }

  /// The words for so many: French counts nothing as one (CLDR's plural rules).
  func say(_ key: String, count: Int) -> String {
    let isOne = count == 1 || language == .fr && count == 0
    return say(key + (isOne ? ".one" : ".other"), ["count": language.number(count)])
  }

  /// The word for a code of the API's lists, as in `participation.in_person`; the code where there is none.
  func word(_ list: String, _ code: String) -> String { messages["\(list).\(code)"] ?? code }
}

extension HTTPField.Name {
  static let host = HTTPField.Name.token("Host")
}
