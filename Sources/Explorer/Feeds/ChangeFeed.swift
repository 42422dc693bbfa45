internal import HTTP
internal import JSON

/// How many changes one document of the feed has.
private let size = 100

/// What the feed tells of a change: which members it changed, and not what they are, since those may be large.
private struct Entry {
  let sequence: Int
  let (action, noun, id, slug, at): (String, String, String, String, String)
  let members: [String]

  init(_ change: JSONValue) {
    let text = { (name: String) in change[name]?.string ?? "" }
    sequence = change["sequence"]?.integer ?? 0
    (action, noun, id, slug, at) = (
      text("action"), text("noun"), text("id"), text("slug"), text("at")
    )
    members = (change["after"]?.members ?? change["before"]?.members ?? []).map(\.name)
  }
}

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
    let entries = try newest(size)
    let last = entries.first?.sequence ?? 0
    // The last one that is full, which may tell again what this document tells.
    return try document(
      entries, feedAddress, last / size > 0 ? [("prev-archive", archiveAddress(last / size))] : [])
  }

  /// The changes of one round hundred, which is written once and stays; nil while it isn't full.
  fileprivate func archive(_ number: Int) throws(PageError) -> HTML? {
    let newest = try newest(1).first?.sequence ?? 0
    guard number <= newest / size else { return nil }
    let last = number * size
    // Drafts have numbers, too, so that a page may reach further.
    let entries = try entries(
      Address("/v1/changes", [("since", "\(last - size)")]), on: "since", size, upTo: last
    ).filter { $0.sequence <= last }
    var links = [("current", feedAddress)]
    if number > 1 { links.append(("prev-archive", archiveAddress(number - 1))) }
    if number < newest / size { links.append(("next-archive", archiveAddress(number + 1))) }
    return try document(entries.reversed(), archiveAddress(number), links, isArchive: true)
  }

  private func newest(_ count: Int) throws(PageError) -> [Entry] {
    try entries(Address("/v1/changes", [("sort", "-sequence")]), on: "before", count)
  }

  /// So many changes from `address` on, or those up to `last`; `place` is where its next page begins.
  ///
  /// A page of large ones ends early.
  private func entries(
    _ address: Address, on place: String, _ count: Int, upTo last: Int = .max
  ) throws(PageError) -> [Entry] {
    var (address, entries) = (address.with("limit", "\(count)"), [Entry]())
    while true {
      let page = try read(address)
      let items = page["items"]?.items ?? []
      entries += items.prefix(count - entries.count).map(Entry.init)
      guard let next = page["next"]?.string, !items.isEmpty, entries.count < count,
        page["last"]?.integer ?? 0 < last
      else { return entries }
      address = address.with(place, next)
    }
  }

  private func archiveAddress(_ number: Int) -> Address { feedAddress.with("archive", "\(number)") }

  private func document(
    _ entries: [Entry], _ here: Address, _ links: [(relation: String, address: Address)],
    isArchive: Bool = false
  ) throws(PageError) -> HTML {
    let titles = try titles(of: entries)
    return """
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" \
      xml:lang="\(language.rawValue)">
      <title>Cairn: \(say("feed.title"))</title>
      <id>\(origin)/changes.atom</id>
      <updated>\(entries.first?.at ?? "1970-01-01T00:00:00Z")</updated>
      <author><name>Cairn</name></author>
      <link rel="self" type="application/atom+xml" href="\(origin)\(link(here))"/>
      <link rel="alternate" type="text/html" href="\(origin)\(link("/"))"/>
      \(isArchive ? "<fh:archive/>\n" : .nothing)\
      \(links.map { "<link rel=\"\($0.relation)\" type=\"application/atom+xml\" href=\"\(origin)\(link($0.address))\"/>\n" as HTML })\
      \(entries.map { text(of: $0, titles) })</feed>
      """
  }

  private func titles(of entries: [Entry]) throws(PageError) -> [String: JSONValue] {
    let slugs = { (noun: String) in entries.filter { $0.noun == noun }.map(\.slug) }
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

  private func text(of entry: Entry, _ titles: [String: JSONValue]) -> HTML {
    let title = plain(titles["\(entry.noun)/\(entry.slug)"]) ?? entry.slug
    let members = entry.members.map { word("field", $0) }
    let page =
      switch entry.noun {
      case "credential": link(Address("credentials", entry.slug))
      case "provider": link(Address("providers", entry.slug))
      // They have no page of their own.
      case "statement": Address("v1", "statements", entry.slug).text
      default: Address("v1", "stacking-rules", entry.slug).text
      }
    return """
      <entry>
      <id>urn:cairn:change:\(entry.id):\(entry.sequence)</id>
      <title>\(word("history", entry.action)): \(title.inXML)</title>
      <updated>\(entry.at)</updated>
      <link rel="alternate" href="\(origin)\(page)"/>
      <category term="\(entry.noun)"/>
      <summary>\(members.joined(separator: ", "))</summary>
      </entry>

      """
  }
}
