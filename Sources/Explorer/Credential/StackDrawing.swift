internal import JSON

// In the drawing's own units, which are pixels where there is room.
private let (width, height, gap, step) = (190, 72, 64, 88)

extension Visit {
  /// The stack from left to right, each credential a link; how a rule counts is told by its line's dashes.
  func drawing(of stack: Stack) -> HTML {
    let places = placed(stack)
    let columns = Set(stack.nodes.map(\.column))
    let lines = places.values.map(\.y).max() ?? 0
    let whole = (w: columns.count * (width + gap) - gap + 8, h: lines + height + 8)
    let kinds = Set(stack.edges.compactMap { $0["kind"]?.string }).sorted()
    return """
      <div class="stack" tabindex="0" role="group" aria-label="\(say("stack.drawing"))">
      <svg width="\(whole.w)" height="\(whole.h)" viewBox="0 0 \(whole.w) \(whole.h)" role="group" \
      aria-label="\(say("stack.title"))">
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
      orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
      \(stack.edges.map { edge($0, places) })
      \(stack.nodes.map { node($0, places, isRoot: $0.slug == stack.root) })
      </svg>
      </div>
      <ul class="chips legend">\(kinds.map(legend))</ul>
      """
  }

  private typealias Place = (x: Int, y: Int)

  private func placed(_ stack: Stack) -> [String: Place] {
    let columns = Set(stack.nodes.map(\.column)).sorted()
    let most = columns.map { column in stack.nodes.count { $0.column == column } }.max() ?? 0
    var places: [String: Place] = [:]
    for (index, column) in columns.enumerated() {
      let nodes = stack.nodes.filter { $0.column == column }
      let top = (most - nodes.count) * step / 2
      for (row, node) in nodes.enumerated() {
        places[node.slug] = (4 + index * (width + gap), 4 + top + row * step)
      }
    }
    return places
  }

  private func node(_ node: Stack.Node, _ places: [String: Place], isRoot: Bool) -> HTML {
    guard let place = places[node.slug] else { return .nothing }
    let title = plain(node.title) ?? node.slug
    let lines = wrapped(title).enumerated().map { index, line in
      "<text x=\"\(place.x + 12)\" y=\"\(place.y + 40 + 18 * index)\">\(line)</text>" as HTML
    }
    let box: HTML = """
      <title>\(title)</title>\
      <rect x="\(place.x)" y="\(place.y)" width="\(width)" height="\(height)" rx="8"/>\
      <text class="kind" x="\(place.x + 12)" y="\(place.y + 20)">\(word("credential_kind", node.kind))</text>\(lines)
      """
    return isRoot
      ? "<g class=\"node here\">\(box)</g>\n"
      : "<a class=\"node\" href=\"\(link(Address("credentials", node.slug)))\">\(box)</a>\n"
  }

  private func edge(_ edge: JSONValue, _ places: [String: Place]) -> HTML {
    guard let from = edge["from"]?.string.flatMap({ places[$0] }),
      let to = edge["to"]?.string.flatMap({ places[$0] })
    else { return .nothing }
    let (x1, y1, x2, y2) = (from.x + width, from.y + height / 2, to.x - 2, to.y + height / 2)
    let bend = gap / 2
    return """
      <path class="edge" d="M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2) \(y2)"\
      \(dashes(edge["kind"]?.string ?? "")) marker-end="url(#arrow)"/>

      """
  }

  private func legend(_ kind: String) -> HTML {
    """
    <li><svg width="36" height="12" aria-hidden="true"><path class="edge" d="M0 6H36"\(dashes(kind))/></svg> \
    \(word("stacking_kind", kind))</li>
    """
  }

  private func dashes(_ kind: String) -> HTML {
    switch kind {
    case "exempts_from": " stroke-dasharray=\"8 5\""
    case "gives_access_to": " stroke-dasharray=\"2 5\""
    default: .nothing
    }
  }

  /// Two lines of a title; the whole of it is the box's name.
  private func wrapped(_ title: String) -> [String] {
    var lines = [""]
    for word in title.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + word.count < 23 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    if lines.count > 2 { lines = [lines[0], lines[1] + "…"] }
    return lines.map { $0.count > 25 ? $0.prefix(23) + "…" : $0 }
  }
}
