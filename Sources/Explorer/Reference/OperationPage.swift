internal import API
internal import HTTP
internal import JSON

/// `/docs/reference/{operation}`: what an operation takes and answers, and a form to try it with.
@Sendable func operation(_ visit: Visit) throws -> Page {
  guard let operation = Description.own.operation(visit.request.path("operation")) else {
    throw RouteError.unknownPath(visit.request.target.path)
  }
  let content = operation.content
  let responses = content["responses"]?.members ?? []
  return Page(
    title: "\(operation.method) \(operation.path)", description: content["summary"]?.string ?? "",
    section: "/docs", modules: ["tryit.js"],
    main: """
      <p class="eyebrow"><a href="\(visit.link("/docs"))">\(visit.say("docs.title"))</a></p>
      <h1>\(visit.method(operation.method)) <code>\(operation.path)</code></h1>
      <p class="lead" lang="en">\(content["summary"]?.string ?? "")</p>
      <p lang="en">\(content["description"]?.string ?? "")</p>
      \(visit.form(operation))
      <h2>\(visit.say("docs.answers"))</h2>
      \(responses.map { visit.answer($0.name, Description.own.resolved($0.value)) })
      """)
}

extension Visit {
  /// What the operation takes, as a form; its module sends it and shows the answer in place.
  fileprivate func form(_ operation: Description.Operation) -> HTML {
    let parameters = (operation.content["parameters"]?.items ?? []).map(Description.own.resolved)
    let named = operation.path.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }
    let inPath = named.map { name in
      parameters.first { $0["name"]?.string == String(name) }
        ?? .object([
          .init(name: "name", value: .string(String(name))), .init(name: "in", value: "path"),
        ])
    }
    let others = parameters.filter { $0["in"]?.string != "path" }
    let body = operation.content["requestBody"]?["content"]?.members ?? []
    let needsKey = !(operation.content["security"]?.items.isEmpty ?? true)
    return """
      <form class="try" action="\(operation.path)" data-method="\(operation.method)" \
      data-failed="\(say("docs.failed"))">
      <h2>\(say("docs.takes"))</h2>
      \(inPath.isEmpty && others.isEmpty && body.isEmpty ? "<p>\(say("docs.takes_nothing"))</p>" : .nothing)
      \((inPath + others).map(field))
      \(needsKey ? keyField : .nothing)
      \(body.prefix(1).map { bodyField($0.name, $0.value, others: body.dropFirst().map(\.name)) })
      <p class="scripted"><button>\(say("docs.try"))</button></p>
      <div class="answer" aria-live="polite"></div>
      </form>
      """
  }

  private func field(_ parameter: JSONValue) -> HTML {
    let name = parameter["name"]?.string ?? ""
    let place = parameter["in"]?.string ?? "query"
    let schema = Description.own.resolved(parameter["schema"] ?? .null)
    let choices = schema["enum"]?.items.compactMap(\.string) ?? []
    let isRequired = place == "path" || parameter["required"]?.isTrue == true
    let example = parameter["example"]?.string ?? ""
    let input: HTML =
      choices.isEmpty
      ? """
      <input id="p-\(name)" name="\(name)" data-in="\(place)" placeholder="\(example)" \
      aria-describedby="d-\(name)"\(isRequired ? " required" : "")>
      """
      : """
      <select id="p-\(name)" name="\(name)" data-in="\(place)" aria-describedby="d-\(name)"><option value="">–</option>\
      \(choices.map { "<option>\($0)</option>" as HTML })</select>
      """
    return """
      <div class="parameter"><label for="p-\(name)"><code>\(name)</code>\
      \(place == "query" ? "" : " <span class=\"quiet\">\(place)</span>")</label>
      <p id="d-\(name)" lang="en">\(parameter["description"]?.string ?? "")</p>\(input)</div>
      """
  }

  private var keyField: HTML {
    """
    <div class="parameter"><label for="p-key">\(say("docs.key"))</label>
    <p id="d-key">\(say("docs.key.hint"))</p>
    <input id="p-key" type="password" autocomplete="off" data-in="key" aria-describedby="d-key"></div>
    """
  }

  private func bodyField(_ type: String, _ content: JSONValue, others: [String]) -> HTML {
    let example = content["example"].map(readable) ?? ""
    let more = others.isEmpty ? "" : " · " + others.joined(separator: ", ")
    return """
      <div class="parameter"><label for="p-body">\(say("docs.body")) <code>\(type)</code></label>
      <p id="d-body">\(schemaLink(content["schema"]))\(more)</p>
      <textarea id="p-body" data-in="body" data-type="\(type)" rows="12" spellcheck="false" \
      aria-describedby="d-body">\(example)</textarea></div>
      """
  }

  fileprivate func answer(_ status: String, _ response: JSONValue) -> HTML {
    let contents = response["content"]?.members ?? []
    return """
      <section><h3 lang="en"><code>\(status)</code> \(response["description"]?.string ?? "")</h3>
      \(contents.map { content in
        """
        <p><code>\(content.name)</code> \(schemaLink(content.value["schema"]))</p>
        \(content.value["example"].map { "<pre tabindex=\"0\"><code>\(readable($0))</code></pre>" as HTML } ?? .nothing)
        """ as HTML
      })</section>
      """
  }

  /// The name of a schema as a link; what has no name is said by its type.
  func schemaLink(_ schema: JSONValue?) -> HTML {
    if let name = schema?["$ref"]?.string?.split(separator: "/").last {
      return "<a href=\"\(link(Address("docs", "schemas", String(name))))\">\(String(name))</a>"
    }
    if let items = schema?["items"] { return "\(say("docs.list_of")) \(schemaLink(items))" }
    let choices = (schema?["oneOf"] ?? schema?["anyOf"])?.items ?? []
    if !choices.isEmpty {
      return choices.map(schemaLink).dropFirst()
        .reduce(schemaLink(choices[0])) { "\($0) \(say("docs.or")) \($1)" }
    }
    let types = schema?["type"]?.items.compactMap(\.string) ?? []
    return "<code>\(schema?["type"]?.string ?? types.joined(separator: " | "))</code>"
  }
}

/// JSON over several lines, two spaces a level; text as it is.
func readable(_ value: JSONValue) -> String {
  if case .string(let text) = value { return text }
  return lines(value, indent: "")
}

private func lines(_ value: JSONValue, indent: String) -> String {
  let inner = indent + "  "
  switch value {
  case .object(let members) where !members.isEmpty:
    let all = members.map {
      inner + text(.string($0.name)) + ": " + lines($0.value, indent: inner)
    }
    return "{\n" + all.joined(separator: ",\n") + "\n" + indent + "}"
  case .array(let items) where !items.isEmpty:
    return "[\n" + items.map { inner + lines($0, indent: inner) }.joined(separator: ",\n")
      + "\n" + indent + "]"
  default: return text(value)
  }
}

private func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
