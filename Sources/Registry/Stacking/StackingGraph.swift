public import JSON
internal import SQLite

/// What credentials add up to, or are made of, as far as rules say.
public struct StackingGraph: Sendable {
  public enum Direction: String, Sendable {
    /// Towards what it stacks to.
    case to = "stacks_to"
    /// Towards what stacks to it.
    case from = "stacks_from"
  }

  public struct Node: Sendable {
    public let slug: String
    /// A language map; null where none is stated.
    public let title: JSONValue
    public let kind: String
  }

  public struct Edge: Sendable {
    public let from: String
    public let to: String
    public let kind: String
    public let rule: String
    public let jurisdiction: String?
    public let legalBasis: String?
    public let source: JSONValue
  }

  public let root: String
  public let direction: Direction
  public fileprivate(set) var nodes: [Node] = []
  public fileprivate(set) var edges: [Edge] = []
  /// False where the graph goes on beyond what is shown.
  public fileprivate(set) var isComplete = true
}

extension Registry {
  /// The rules around a credential, up to so many steps away.
  public func stackingGraph(
    of id: String, _ direction: StackingGraph.Direction, depth: Int, for viewer: Viewer
  ) throws(RegistryError) -> StackingGraph {
    try read { (database) throws(RegistryError) in
      let fields = [Noun.credential.field("slug")].compactMap(\.self)
      let root = try item(.credential, id, fields, for: viewer, in: database) { $0.cell(0) }
      var graph = StackingGraph(root: root, direction: direction)
      try told { () throws(SQLiteError) in
        var reached: Set<String> = [root]
        var border = [root]
        for step in 0...depth where !border.isEmpty {
          var next: [String] = []
          for slug in border {
            let edges = try edges(at: slug, direction, in: database)
            guard step < depth, graph.edges.count + edges.count <= mostEdges else {
              if !edges.isEmpty { graph.isComplete = false }
              continue
            }
            graph.edges += edges
            for edge in edges {
              let end = direction == .to ? edge.to : edge.from
              if reached.insert(end).inserted { next.append(end) }
            }
          }
          border = next
        }
        for slug in reached.sorted() {
          if let node = try node(slug, in: database) { graph.nodes.append(node) }
        }
      }
      return graph
    }
  }

  private func edges(
    at slug: String, _ direction: StackingGraph.Direction, in database: borrowing Connection
  ) throws(SQLiteError) -> [StackingGraph.Edge] {
    let select: SQL = """
      SELECT DISTINCT part.component, rule.target, rule.kind, rule.slug, rule.jurisdiction,
        rule.legal_basis, rule.source
      FROM stacking_rule AS rule JOIN stacking_component AS part ON part.rule = rule.number
      JOIN credential AS one ON one.slug = part.component AND one.status <> 'draft'
      JOIN credential AS whole ON whole.slug = rule.target AND whole.status <> 'draft'
      WHERE rule.status = 'active' AND
      """
    let sql: SQL =
      switch direction {
      case .to: select + "part.component = ?1 ORDER BY rule.number LIMIT 1000"
      case .from: select + "rule.target = ?1 ORDER BY rule.number, part.place LIMIT 1000"
      }
    return try database.all(sql, .text(slug)) { row in
      StackingGraph.Edge(
        from: row.text(0), to: row.text(1), kind: row.text(2), rule: row.text(3),
        jurisdiction: row.optionalText(4), legalBasis: row.optionalText(5),
        source: row.json(6))
    }
  }

  private func node(
    _ slug: String, in database: borrowing Connection
  ) throws(SQLiteError) -> StackingGraph.Node? {
    try database.first("SELECT title, kind FROM credential WHERE slug = ?1", .text(slug)) { row in
      StackingGraph.Node(
        slug: slug, title: row.json(0),
        kind: row.text(1))
    }
  }
}

/// More than a page shows; what is beyond is asked for from where it begins.
private let mostEdges = 5000
