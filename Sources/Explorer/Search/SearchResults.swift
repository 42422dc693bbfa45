internal import JSON

/// What was found: what it is narrowed by, in which order, a page of it, and all of it as data.
struct SearchResults {
  let list: JSONValue
  let question: SearchQuestion
  let names: SearchNames
  private var visit: Visit { names.visit }

  var html: HTML {
    let items = list["items"]?.items ?? []
    return """
      \(ChosenFilters(question: question, names: names).html)
      \(items.isEmpty ? nothingFound : found(items))
      """
  }

  private func found(_ items: [JSONValue]) -> HTML {
    """
    \(orders)
    <ol class="results">
    \(items.map { ResultCard(names: names, item: $0).html })</ol>
    \(visit.pages(list, question))
    <p class="data">\(visit.say("search.data")) \
    <a href="\(question.data(".csv").text)">CSV</a> · \
    <a href="\(question.data(".ndjson").text)">NDJSON</a> · \
    <a href="\(question.data("").text)">JSON</a></p>
    """
  }

  private var didYouMean: HTML {
    guard let words = list["did_you_mean"]?.string else { return .nothing }
    return """
      <p class="did-you-mean">\(visit.say("search.did_you_mean")) \
      <a href="\(visit.link(question.with("q", words)))">\(words)</a></p>
      """
  }

  private var nothingFound: HTML {
    """
    <div class="nothing card">
    <h3>\(visit.say("search.none"))</h3>
    \(didYouMean)
    <ul>
    \(question.filters.isEmpty ? .nothing : "<li>\(visit.say("search.advice.filters"))</li>" as HTML)
    \(question.words == nil ? .nothing : "<li>\(visit.say("search.advice.words"))</li><li>\(visit.say("search.advice.start"))</li>" as HTML)
    <li><a href="\(visit.link(Address("/credentials")))">\(visit.say("search.advice.all"))</a></li>
    </ul>
    </div>
    """
  }

  private static let orders = ["", "-updated_at", "title", "-workload", "-credit"]

  private var orders: HTML {
    let chosen = question.sort ?? ""
    let links = Self.orders.map { order in
      let key =
        order.isEmpty
        ? question.words == nil ? "stored" : "best" : String(order.trimmingPrefix("-"))
      return """
        <li><a id="sort-\(key)" rel="nofollow" href="\(visit.link(question.with("sort", order.isEmpty ? nil : order)))"\
        \(order == chosen ? " aria-current=\"true\"" as HTML : .nothing)>\(visit.say("search.sort.\(key)"))</a></li>
        """ as HTML
    }
    return """
      <div class="orders"><span id="order">\(visit.say("search.sort"))</span>\
      <ul aria-labelledby="order">\(links)</ul></div>
      """
  }
}
