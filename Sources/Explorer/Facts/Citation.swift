internal import JSON

extension Visit {
  /// Where a fact comes from: who published it, when, and where in it; nil where that isn't stated.
  func cited(_ source: JSONValue?) -> HTML? {
    guard let source, !source.members.isEmpty else { return nil }
    let title = source["title"]?.string ?? source["id"]?.string ?? ""
    var cited: HTML = "<cite>\(title)</cite>"
    if let url = source["url"]?.string, url.hasPrefix("https://") || url.hasPrefix("http://") {
      cited = "<cite><a href=\"\(url)\" rel=\"nofollow noopener external\">\(title)</a></cite>"
    }
    if let publisher = source["publisher"]?.string { cited += ", \(publisher)" }
    if let day = source["date"]?.string { cited += ", \(date(day))" }
    if let locator = source["locator"]?.string {
      cited += ", <span class=\"locator\">\(say("source.locator", ["locator": locator]))</span>"
    }
    return cited
  }

  /// The same, small, under what it is the source of.
  func sourceNote(_ source: JSONValue?) -> HTML {
    "<p class=\"source\">\(say("source.label")): \(cited(source) ?? notStated)</p>"
  }
}
