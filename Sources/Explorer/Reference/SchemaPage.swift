internal import HTTP
internal import JSON

/// `/docs/schemas/{name}`: the members of what is sent or answered.
@Sendable func schema(_ visit: Visit) throws -> Page {
  let name = visit.request.path("name")
  guard let schema = Description.own.schema(name) else {
    throw RouteError.unknownPath(visit.request.target.path)
  }
  let required = Set(schema["required"]?.items.compactMap(\.string) ?? [])
  let members = schema["properties"]?.members ?? []
  return Page(
    title: name, description: schema["description"]?.string ?? "", section: "/docs",
    main: """
      <p class="eyebrow"><a href="\(visit.link("/docs"))">\(visit.say("docs.title"))</a></p>
      <h1>\(name)</h1>
      <p lang="en">\(schema["description"]?.string ?? "")</p>
      \(members.isEmpty ? "<p>\(visit.schemaLink(schema))</p>" : """
        <div class="table" tabindex="0" role="region" aria-label="\(name)"><table class="steady">
        <thead><tr><th scope="col">\(visit.say("docs.member"))</th><th scope="col">\(visit.say("docs.type"))</th>\
        <th scope="col">\(visit.say("docs.meaning"))</th></tr></thead>
        <tbody>\(members.map { visit.row($0, isRequired: required.contains($0.name)) })</tbody></table></div>
        """)
      <h2>JSON Schema</h2>
      <pre tabindex="0"><code>\(readable(schema))</code></pre>
      """)
}

extension Visit {
  fileprivate func row(_ member: JSONValue.Member, isRequired: Bool) -> HTML {
    let choices = member.value["enum"]?.items.compactMap(\.string) ?? []
    return """
      <tr><th scope="row"><code>\(member.name)</code>\(isRequired ? " <span class=\"quiet\">\(say("docs.required"))</span>" : "")</th>
      <td>\(schemaLink(member.value))</td><td lang="en">\(member.value["description"]?.string ?? "") \
      \(choices.isEmpty ? "" : "<code>\(choices.joined(separator: " | "))</code>")</td></tr>
      """
  }
}
