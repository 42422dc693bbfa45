internal import JSON

extension Visit {
  /// Who wrote what, when, from what to what.
  func history(
    of item: Address, _ noun: String, called slug: String
  ) throws(PageError) -> HTML {
    let address = Address(item.path + "/history", [("limit", "10")])
    let page = try read(address)
    let all: HTML =
      page["next"]?.string == nil
      ? .nothing
      : "<p><a href=\"\(address.with("limit", "1000").text)\">\(say("history.all"))</a></p>"
    return """
      <section aria-labelledby="history">
      <h2 id="history">\(say("history.title"))</h2>
      <ol class="history">\((page["items"]?.items ?? []).map { change($0, noun, of: slug) })</ol>
      \(all)
      </section>
      """
  }

  private func change(_ change: JSONValue, _ noun: String, of slug: String) -> HTML {
    let action = change["action"]?.string ?? ""
    // What was merged into it is told with it.
    let name = change["slug"]?.string ?? slug
    let other: HTML = name == slug ? .nothing : " <code>\(name)</code>"
    return """
      <li><p><strong>\(word("history", action))</strong>\(other), \
      \(moment(change["at"]?.string ?? "")), \(author(change["by"])) \
      <span class="quiet">\(say("history.version", ["version": "\(change["version"]?.integer ?? 0)"]))</span></p>
      \(changed(change["before"], change["after"], noun))</li>
      """
  }

  private func author(_ by: JSONValue?) -> HTML {
    guard let role = by?["role"]?.string else { return "\(say("history.by.registry"))" }
    return "<span title=\"\(by?["key"]?.string ?? "")\">\(say("history.by.\(role)"))</span>"
  }

  /// A table of what changed; what a new item stated is folded away, since the page shows it, too.
  private func changed(_ before: JSONValue?, _ after: JSONValue?, _ noun: String) -> HTML {
    let members = (after?.members ?? before?.members ?? []).map(\.name)
    guard !members.isEmpty else { return .nothing }
    let isNew = before?.members.isEmpty ?? true
    let rows = members.map { name -> HTML in
      let old: HTML = isNew ? .nothing : "<td>\(inWords(before?[name], of: name, noun))</td>"
      return """
        <tr><th scope="row">\(word("field", name))</th>\(old)\
        <td>\(inWords(after?[name], of: name, noun))</td></tr>
        """
    }
    return """
      <details\(isNew ? .nothing : " open" as HTML)><summary>\
      \(say(isNew ? "history.stated" : "history.changed", count: members.count))</summary>
      <div class="table" tabindex="0" role="group" aria-label="\(say("history.title"))"><table><thead><tr><th scope="col">\(say("history.member"))</th>\
      \(isNew ? .nothing : "<th scope=\"col\">\(say("history.before"))</th>" as HTML)\
      <th scope="col">\(say("history.after"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      </details>
      """
  }
}
