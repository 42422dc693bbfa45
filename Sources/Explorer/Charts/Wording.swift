internal import JSON

// How figures, statements and references are written wherever a chart or a table shows them.
extension Visit {
  /// What a statement says, and what kind of statement it is.
  func stated(_ word: String, _ statement: JSONValue) -> HTML {
    var html: HTML =
      statement["verified"] == .bool(false)
      ? "<span class=\"unverified\" title=\"\(say("chart.unverified"))\">\(word)</span> <span class=\"quiet\">(\(say("chart.unverified")))</span>"
      : "\(word)"
    if statement["indicative_example"]?.isTrue == true {
      html += " <span class=\"chip\">\(say("chart.example"))</span>"
    }
    return html
  }

  /// The publisher, linked, with its year: the whole reference is in the line of sources.
  func shortReference(_ source: JSONValue) -> HTML {
    let name = source["publisher"]?.string ?? source["title"]?.string ?? ""
    let year = source["date"]?.string.map { " " + $0.prefix(4) } ?? ""
    guard let url = source["url"]?.string, url.hasPrefix("http") else { return "\(name + year)" }
    return "<a href=\"\(url)\" rel=\"nofollow noopener external\">\(name + year)</a>"
  }

  /// A figure as its measure is written.
  func figure(_ number: Double, _ measure: String, digits: Int = 1) -> String {
    measure.hasSuffix(".share")
      ? percent(number, digits: digits) : language.number(number, digits: digits)
  }

  /// A share from 0 to 1, as the language writes it.
  func percent(_ share: Double, digits: Int = 0) -> String {
    language.number(100 * share, digits: digits) + (language == .en ? "%" : "\u{202F}%")
  }

  /// A share that is never rounded to all or to none.
  func part(_ count: Int, of all: Int) -> String {
    let share = all > 0 ? Double(count) / Double(all) : 0
    return percent(count < all && share > 0.99 ? 0.99 : count > 0 && share < 0.01 ? 0.01 : share)
  }

  /// What a measure of the API is called; its own name where it is none of the usual ones.
  func say(measure: String) -> String {
    let name = word("map.show", measure)
    guard name == measure, measure.hasSuffix(".share") else { return name }
    let member = String(measure.dropLast(6))
    return say("map.share", ["member": word("field", member)])
  }

  func credentialLink(_ credential: JSONValue) -> HTML {
    let address = Address("credentials", credential["slug"]?.string ?? "")
    return "<a href=\"\(link(address))\">\(text(credential["title"]) ?? notStated)</a>"
  }

  func number(_ value: JSONValue?) -> HTML {
    value?.double.map { "\(language.number($0))" } ?? notStated
  }

  /// The same where no markup can be.
  func written(_ value: JSONValue?) -> String {
    value?.double.map { language.number($0) } ?? say("not_stated")
  }
}
