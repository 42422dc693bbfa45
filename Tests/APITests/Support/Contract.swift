import Foundation
import HTTP
import HTTPTypes
import Resources
import Wire

/// The promises of openapi.yaml, held against what the API really answers.
struct Contract: Sendable {
  static let document = Contract()
  let root: JSON

  private init() {
    guard let root = try? JSON(yaml: Resources.openapi) else {
      preconditionFailure("openapi.yaml isn't YAML.")
    }
    self.root = root
  }

  /// Each operation as "GET /v1/countries/{code} getCountry".
  var operations: Set<String> {
    var operations: Set<String> = []
    for (path, item) in root["paths"]?.members ?? [:] {
      for (method, operation) in item.members {
        guard let id = operation["operationId"]?.string else { continue }
        operations.insert("\(method.uppercased()) \(path) \(id)")
      }
    }
    return operations
  }

  func operation(_ route: Route) -> JSON? {
    root["paths"]?[route.template]?[route.method.rawValue.lowercased()]
  }

  /// What is wrong with `answer` as an answer of `route`; empty when nothing is.
  func violations(of answer: Answer, to route: Route) -> [String] {
    guard let documented = operation(route)?["responses"]?[String(answer.status)] else {
      return ["\(route.operation) answered \(answer.status), which isn't documented"]
    }
    guard let contents = resolved(documented)["content"] else {
      return answer.body.isEmpty ? [] : ["\(route.operation) \(answer.status) has a body"]
    }
    let type = answer["Content-Type"] ?? "no content type"
    guard let content = contents[String(type.prefix { $0 != ";" })] else {
      return ["\(route.operation) answered \(type), which isn't documented"]
    }
    guard let schema = content["schema"], type.hasSuffix("json"), !type.hasSuffix("ndjson") else {
      return []
    }
    guard let plain = try? answer.inflated(),
      let body = try? JSONDecoder().decode(JSON.self, from: Data(plain))
    else {
      return ["\(route.operation) answered what isn't JSON"]
    }
    return violations(of: body, against: schema, at: "$")
  }

  func violations(of value: JSON, against schema: JSON, at path: String) -> [String] {
    let schema = resolved(schema)
    var found: [String] = []
    if let alternatives = schema["oneOf"]?.items {
      let all = alternatives.map { violations(of: value, against: $0, at: path) }
      if all.count(where: \.isEmpty) != 1 {
        found.append("\(path) fits \(all.count(where: \.isEmpty)) of its schemas: \(all)")
      }
    }
    if let type = schema["type"], !([type] + type.items).contains(where: { value.isA($0.string) }) {
      found.append("\(path) isn't \(type)")
    }
    if let allowed = schema["enum"]?.items ?? schema["const"].map({ [$0] }),
      !allowed.contains(value)
    {
      found.append("\(path) is none of \(allowed)")
    }
    switch value {
    case .string(let text):
      if let pattern = schema["pattern"]?.string, (try? Regex(pattern).firstMatch(in: text)) == nil
      {
        found.append("\(path) doesn't match \(pattern)")
      }
      if Double(text.count) < schema["minLength"]?.number ?? 0 {
        found.append("\(path) is too short")
      }
    case .array(let items):
      guard let schema = schema["items"] else { break }
      for (index, item) in items.enumerated() {
        found += violations(of: item, against: schema, at: "\(path)[\(index)]")
      }
    case .object(let members):
      for name in schema["required"]?.items.compactMap(\.string) ?? [] where members[name] == nil {
        found.append("\(path).\(name) is missing")
      }
      for (name, member) in members {
        if let schema = schema["properties"]?[name] {
          found += violations(of: member, against: schema, at: "\(path).\(name)")
        } else if let schema = schema["additionalProperties"], !schema.members.isEmpty {
          found += violations(of: member, against: schema, at: "\(path).\(name)")
        } else if schema["additionalProperties"] == .bool(false) {
          found.append("\(path).\(name) isn't documented")
        }
      }
    case .null, .bool, .number: break
    }
    return found
  }

  func resolved(_ node: JSON) -> JSON {
    guard let reference = node["$ref"]?.string else { return node }
    let names = reference.split(separator: "/").dropFirst()
    let target = names.reduce(root as JSON?) { $0?[String($1)] }
    return target.map(resolved) ?? node
  }
}

extension JSON {
  fileprivate func isA(_ type: String?) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.number, "number"): true
    case (.array, "array"), (.object, "object"): true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
