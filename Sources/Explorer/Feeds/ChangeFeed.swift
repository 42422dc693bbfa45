internal import HTTP
internal import JSON

/// How many changes one document of the feed has.
private let size = 100

extension Explorer {
  var feedRoute: Route {
    xmlRoute("/changes.atom", "getChangeFeed", "application/atom+xml") { visit in
      guard let asked = visit.address["archive"] else { return try visit.feed() }
      guard let number = Int(asked), number > 0, let archive = try visit.archive(number) else {
        throw RouteError.unknownPath("\(visit.address.path)?archive=\(asked)")
      }
      return archive
    }
  }
}

extension Visit {
  private var feedAddress: Address { Address("/changes.atom") }

  /// The last changes, the newest first (RFC 4287); what came before stands in archives (RFC 5005 §4).
  fileprivate func feed() throws(PageError) -> HTML {
    let items = try newest(size)["items"]?.items ?? []
    let last = items.first?["sequence"]?.integer ?? 0
    // The last one that is full, which may tell again what this document tells.
    return try document(
      items, feedAddress, last / size > 0 ? [("prev-archive", archiveAddress(last / size))] : [])
  }

  /// The changes of one round hundred, which is written once and stays; nil while it isn't full.
  fileprivate func archive(_ number: Int) throws(PageError) -> HTML? {
    let last = try newest(1)["items"]?.items.first?["sequence"]?.integer ?? 0
    guard number <= last / size else { return nil }
    let page = try read(
      Address("/v1/changes", [("since", "\((number - 1) * size)"), ("limit", "\(size)")]))
    // Drafts have numbers, too, so that a page may reach further.
    let items = (page["items"]?.items ?? []).filter {
      ($0["sequence"]?.integer ?? 0) <= number * size
    }
    var links = [("current", feedAddress)]
    if number > 1 { links.append(("prev-archive", archiveAddress(number - 1))) }
    if number < last / size { links.append(("next-archive", archiveAddress(number + 1))) }
    return try document(items.reversed(), archiveAddress(number), links, isArchive: true)
  }

  private func newest(_ count: Int) throws(PageError) -> JSONValue {
    try read(Address("/v1/changes", [("sort", "-sequence"), ("limit", "\(count)")]))
  }

  private func archiveAddress(_ number: Int) -> Address { feedAddress.with("archive", "\(number)") }

  private func document(
    _ items: [JSONValue], _ here: Address, _ links: [(relation: String, address: Address)],
    isArchive: Bool = false
  ) throws(PageError) -> HTML {
    let titles = try titles(of: items)
    return """
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" \
      xml:lang="\(language.rawValue)">
      <title>Cairn: \(say("feed.title"))</title>
      <id>\(origin)/changes.atom</id>
      <updated>\(items.first?["at"]?.string ?? "1970-01-01T00:00:00Z")</updated>
      <author><name>Cairn</name></author>
      <link rel="self" type="application/atom+xml" href="\(origin)\(link(here))"/>
      <link rel="alternate" type="text/html" href="\(origin)\(link("/"))"/>
      \(isArchive ? "<fh:archive/>\n" : .nothing)\
      \(links.map { "<link rel=\"\($0.relation)\" type=\"application/atom+xml\" href=\"\(origin)\(link($0.address))\"/>\n" as HTML })\
      \(items.map { entry($0, titles) })</feed>
      """
  }

  private func titles(of items: [JSONValue]) throws(PageError) -> [String: JSONValue] {
    let slugs = { (noun: String) in
      items.filter { $0["noun"]?.string == noun }.compactMap { $0["slug"]?.string }
    }
    let credentials = try lookUp(
      "credentials", slugs("credential"),
      [("fields", "slug,title"), ("status", "published,withdrawn")], by: "slug")
    let providers = try lookUp(
      "providers", slugs("provider"), [("fields", "slug,name"), ("status", "active,withdrawn")],
      by: "slug")
    var titles: [String: JSONValue] = [:]
    for (slug, item) in credentials { titles["credential/" + slug] = item["title"] }
    for (slug, item) in providers { titles["provider/" + slug] = item["name"] }
    return titles
  }

  private func entry(_ change: JSONValue, _ titles: [String: JSONValue]) -> HTML {
    let (noun, slug) = (change["noun"]?.string ?? "", change["slug"]?.string ?? "")
    let title = plain(titles["\(noun)/\(slug)"]) ?? slug
    let members = (change["after"]?.members ?? change["before"]?.members ?? []).map {
      word("field", $0.name)
    }
    let page =
      switch noun {
      case "credential": link(Address("credentials", slug))
      case "provider": link(Address("providers", slug))
      // They have no page of their own.
      case "statement": Address("v1", "statements", slug).text
      default: Address("v1", "stacking-rules", slug).text
      }
    return """
      <entry>
      <id>urn:cairn:change:\(change["id"]?.string ?? ""):\(change["sequence"]?.integer ?? 0)</id>
      <title>\(word("history", change["action"]?.string ?? "")): \(title.inXML)</title>
      <updated>\(change["at"]?.string ?? "")</updated>
      <link rel="alternate" href="\(origin)\(page)"/>
      <category term="\(noun)"/>
      <summary>\(members.joined(separator: ", "))</summary>
      </entry>

      """
  }
}
