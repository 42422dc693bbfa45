internal import JSON

/// Figures as a table, with where they come from.
///
/// A module draws the chart above it from that very table, so that the two can't differ; without scripts the
/// table is what there is.
struct Chart {
  enum Drawing {
    case none
    /// A bar a row, on a track as long as `most`, or as the longest.
    case bars(most: Double?)
    /// One row's range on a scale.
    case span(from: Int, to: Int)
  }

  struct Column {
    let title: HTML
    var isNumber = false
  }

  struct Row {
    let label: HTML
    /// How long its bar is; nil where nothing is stated.
    var value: Double?
    /// Where its span begins.
    var start: Double?
    /// What stands beside its bar.
    var shown = ""
    let cells: [HTML]
  }

  let id: String
  let title: String
  var remark = HTML.nothing
  var drawing = Drawing.none
  /// The first is the labels'.
  let columns: [Column]
  let rows: [Row]
  /// The question whose answer this is.
  let asked: Address
  /// References to sources, as the API writes them.
  var sources: [JSONValue] = []
}

extension Visit {
  func figure(_ chart: Chart) -> HTML {
    """
    <section class="figure" aria-labelledby="\(chart.id)">
    <h2 id="\(chart.id)">\(chart.title)</h2>
    \(chart.remark)
    \(plot(chart))
    \(table(chart))
    \(origin(of: chart.asked))
    \(sourceLine(chart.sources))
    </section>
    """
  }

  private func plot(_ chart: Chart) -> HTML {
    let attributes: HTML
    switch chart.drawing {
    case .none: return .nothing
    case .bars(let most):
      let length = most.map { "\($0)" } ?? ""
      attributes =
        "data-drawing=\"bars\" data-most=\"\(length)\" height=\"\(46 * chart.rows.count)\""
    case .span(let from, let to):
      attributes = "data-drawing=\"span\" data-from=\"\(from)\" data-to=\"\(to)\" height=\"84\""
    }
    return """
      <svg class="plot" width="100%" \(attributes) data-table="\(chart.id)-table" role="img" \
      aria-label="\(say("chart.label", ["title": chart.title]))"></svg>
      """
  }

  /// The table, which scripts sort.
  func table(_ chart: Chart) -> HTML {
    """
    <div class="table" tabindex="0" role="group" aria-label="\(chart.title)">
    <table id="\(chart.id)-table" class="sortable">
    <thead><tr>\(chart.columns.map(head))</tr></thead>
    <tbody>\(chart.rows.map { row($0, chart.columns) })</tbody>
    </table>
    </div>
    """
  }

  private func head(_ column: Chart.Column) -> HTML {
    column.isNumber
      ? "<th scope=\"col\" class=\"number\">\(column.title)</th>"
      : "<th scope=\"col\">\(column.title)</th>"
  }

  private func row(_ row: Chart.Row, _ columns: [Chart.Column]) -> HTML {
    let start: HTML = row.start.map { " data-start=\"\("\($0)")\"" } ?? .nothing
    let value: HTML = row.value.map { " data-value=\"\("\($0)")\"" } ?? .nothing
    let shown: HTML = row.shown.isEmpty ? .nothing : " data-shown=\"\(row.shown)\""
    return """
      <tr\(start)\(value)\(shown)><th scope="row">\(row.label)</th>\
      \(zip(row.cells, columns.dropFirst()).map { cell, column in
        column.isNumber ? "<td class=\"number\">\(cell)</td>" as HTML : "<td>\(cell)</td>"
      })</tr>

      """
  }

  /// The question that anybody can ask, and its answer as a file.
  func origin(of asked: Address) -> HTML {
    """
    <p class="asked"><a href="\(asked.text)"><code>GET \(asked.text)</code></a> \
    <a href="\(asked.with("format", "csv").text)">CSV</a></p>
    """
  }

  /// Each source once, with the places in it.
  func sourceLine(_ sources: [JSONValue]) -> HTML {
    var cited: [(source: JSONValue, places: [String])] = []
    for source in sources where !source.isNull {
      let place = source["locator"]?.string
      if let index = cited.firstIndex(where: { $0.source["title"] == source["title"] }) {
        if let place, !cited[index].places.contains(place) { cited[index].places.append(place) }
      } else {
        cited.append((source, place.map { [$0] } ?? []))
      }
    }
    guard !cited.isEmpty else { return .nothing }
    return """
      <p class="sources quiet">\(say(cited.count == 1 ? "chart.source" : "chart.sources")) \
      \(cited.enumerated().map { index, cited in
        "\(index > 0 ? "; " : "")\(reference(cited.source, cited.places))" as HTML
      })</p>
      """
  }

  /// Who published what, when, and where in it.
  private func reference(_ source: JSONValue, _ places: [String]) -> HTML {
    let title = source["title"]?.string ?? source["id"]?.string ?? ""
    let publisher: HTML = source["publisher"]?.string.map { "\($0), " } ?? .nothing
    let day: HTML = source["date"]?.string.map { ", \(date($0))" } ?? .nothing
    let locators: HTML =
      places.isEmpty ? .nothing : ": <span lang=\"en\">\(places.joined(separator: "; "))</span>"
    guard let url = source["url"]?.string, url.hasPrefix("http") else {
      return "\(publisher)<span lang=\"en\">\(title)</span>\(day)\(locators)"
    }
    return """
      \(publisher)<a href="\(url)" rel="nofollow noopener external" lang="en">\(title)</a>\(day)\(locators)
      """
  }
}
