internal import JSON
internal import Resources

/// The API's description, as openapi.yaml says it (OpenAPI 3.1).
struct Description: Sendable {
  let document: JSONValue
  let operations: [Operation]

  struct Operation: Sendable {
    let id: String
    /// In capitals.
    let method: String
    let path: String
    let content: JSONValue

    /// The noun it is about: `credentials` of /v1/credentials/{slug}/history; the server's own have none.
    var noun: String? {
      let segments = path.split(separator: "/")
      guard segments.first == "v1", segments.count > 1 else { return nil }
      return String(segments[1].prefix { $0 != ":" })
    }
  }

  static let own: Description = {
    guard let document = try? JSONValue(parsing: Array(Resources.openapiAsJSON.utf8)) else {
      preconditionFailure("openapi.json is JSON.")
    }
    return Description(document)
  }()

  init(_ document: JSONValue) {
    self.document = document
    operations = (document["paths"]?.members ?? []).flatMap { path in
      path.value.members.compactMap { method in
        method.value["operationId"]?.string.map {
          Operation(
            id: $0, method: method.name.uppercased(), path: path.name, content: method.value)
        }
      }
    }
  }

  func operation(_ id: String) -> Operation? { operations.first { $0.id == id } }

  func schema(_ name: String) -> JSONValue? { document["components"]?["schemas"]?[name] }

  /// The value itself, where it says only where it stands (RFC 6901).
  func resolved(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"]?.string else { return value }
    return reference.split(separator: "/").dropFirst()
      .reduce(document) { $0[String($1)] ?? .null }
  }
}
