internal import JSON

extension Visit {
  /// Credentials like this one, each with what both say and what only one does.
  func similar(_ address: Address) throws(PageError) -> HTML {
    let answer = try read(
      Address(
        address.path + "/similar",
        [("limit", "5"), ("fields", "slug,title,kind,provider,countries")]))
    let items = answer["items"]?.items ?? []
    let list: HTML =
      items.isEmpty
      ? "<p>\(say("similar.none"))</p>" : "<ul class=\"cards\">\(items.map(similarCard))</ul>"
    return """
      <section aria-labelledby="similar">
      <h2 id="similar">\(say("similar.title"))</h2>
      <p class="hint">\(say("similar.lead"))</p>
      \(list)
      </section>
      """
  }

  private func similarCard(_ other: JSONValue) -> HTML {
    let members = other["similarity"]?["members"]?.members ?? []
    let told = members.filter { member in
      ["shared", "only_this", "only_that"].contains { name in
        !isNothing(member.value[name])
      }
    }
    let score = Int(((other["similarity"]?["score"]?.double ?? 0) * 100).rounded())
    return """
      <li class="card"><p class="eyebrow">\(word("credential_kind", other["kind"]?.string ?? "")) · \
      \(codes(other["countries"]).joined(separator: ", "))</p>
      <h3>\(credentialLink(other["slug"]?.string ?? "", other["title"]))</h3>
      <p>\(say("similar.score", ["percent": "\(score)"]))</p>
      <details><summary>\(say("similar.how"))</summary>
      <dl class="likeness">\(told.map(likeness))</dl></details></li>
      """
  }

  private func likeness(_ member: JSONValue.Member) -> HTML {
    let sides = [
      ("shared", "similar.shared"), ("only_this", "similar.only_this"),
      ("only_that", "similar.only_that"),
    ]
    let rows = sides.compactMap { name, key -> HTML? in
      guard let value = member.value[name], !isNothing(value) else { return nil }
      return "<li><span class=\"quiet\">\(say(key)):</span> \(inWords(value, of: member.name))</li>"
    }
    return "<dt>\(word("field", member.name))</dt><dd><ul class=\"plain\">\(rows)</ul></dd>\n"
  }

  private func isNothing(_ value: JSONValue?) -> Bool {
    value == nil || value == .null || value == .array([]) || value == .object([])
  }
}
