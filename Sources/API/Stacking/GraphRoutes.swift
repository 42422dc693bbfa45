internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// `stacks_to` and `stacks_from` of a credential, as JSON or for Graphviz.
func graphRoutes(_ registry: Registry) -> [Route] {
  [graphRoute(registry, .to, "getStacksTo"), graphRoute(registry, .from, "getStacksFrom")]
}

private func graphRoute(
  _ registry: Registry, _ direction: StackingGraph.Direction, _ operation: String
) -> Route {
  let path = "/v1/credentials/{slug}/\(direction.rawValue)"
  return Route(.get, path, operation, on: .worker) { request in
    let viewer = try registry.viewer(of: request)
    var parameters = try Parameters(request, .credential)
    let (depth, isDOT) = try parameters.graph()
    let graph = try registry.stackingGraph(
      of: request.path("slug"), direction, depth: depth, for: viewer)
    let graphviz = "text/vnd.graphviz"
    let wantsDOT = isDOT ?? (request[.accept]?.contains(graphviz) == true)
    let body = wantsDOT ? Array(dot(graph).utf8) : json(graph).bytes
    let response =
      wantsDOT ? represented("\(graphviz); charset=utf-8", body) : formatted(.json, body)
    return try response.conditional(request, contentTag(body), viewer)
  }
}

private func json(_ graph: StackingGraph) -> JSONValue {
  let nodes = graph.nodes.map { node in
    JSONValue.object([
      .init(name: "slug", value: .string(node.slug)), .init(name: "title", value: node.title),
      .init(name: "kind", value: .string(node.kind)),
    ])
  }
  let edges = graph.edges.map { edge in
    JSONValue.object([
      .init(name: "from", value: .string(edge.from)), .init(name: "to", value: .string(edge.to)),
      .init(name: "kind", value: .string(edge.kind)),
      .init(name: "rule", value: .string(edge.rule)),
      .init(name: "jurisdiction", value: edge.jurisdiction.map(JSONValue.string) ?? .null),
      .init(name: "legal_basis", value: edge.legalBasis.map(JSONValue.string) ?? .null),
      .init(name: "source", value: edge.source),
    ])
  }
  return .object([
    .init(name: "credential", value: .string(graph.root)),
    .init(name: "nodes", value: .array(nodes)), .init(name: "edges", value: .array(edges)),
    .init(name: "complete", value: .bool(graph.isComplete)),
  ])
}

/// The DOT language: every name and label is a quoted string.
private func dot(_ graph: StackingGraph) -> String {
  var text = "digraph stacking {\n  rankdir=LR;\n"
  for node in graph.nodes {
    var label = node.slug
    if case .string(let title)? = node.title["en"] { label = title }
    text += "  \(quoted(node.slug)) [label=\(quoted(label))];\n"
  }
  for edge in graph.edges {
    let label = [edge.kind, edge.jurisdiction].compactMap(\.self).joined(separator: ", ")
    text += "  \(quoted(edge.from)) -> \(quoted(edge.to)) [label=\(quoted(label))];\n"
  }
  return text + "}\n"
}

private func quoted(_ text: String) -> String {
  var quoted = "\""
  for character in text.unicodeScalars {
    switch character {
    case "\"", "\\": quoted += "\\\(character)"
    case "\n", "\r": quoted += " "
    default: quoted.unicodeScalars.append(character)
    }
  }
  return quoted + "\""
}

extension Parameters {
  /// How far a graph goes, and whether it is asked for as DOT; nil where `format` says nothing.
  fileprivate mutating func graph() throws(RequestError) -> (depth: Int, isDOT: Bool?) {
    let depth = integer("depth", 1...20, else: 5)
    let format = take("format")
    if let format, !["json", "dot"].contains(format) {
      refuse("format", "A graph comes as json or dot.")
    }
    for (name, _) in given { refuseUnknown(name, ["depth", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (depth, format.map { $0 == "dot" })
  }
}
