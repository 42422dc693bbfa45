internal import API
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Synchronization

/// How many addresses a part has, in pages of a list; the protocol allows 50,000 in one.
private let (pagesOfPart, pageSize) = (40, 1000)

/// Where the parts of lists begin, as far as they have been read: each list's cursors, the first part's left out.
///
/// A list's usual order is that of its entry, so a part begins where it began; what is withdrawn makes it shorter.
final class PartStarts: Sendable {
  private let cursors = Mutex<[String: [String]]>([:])

  func known(_ list: String) -> [String] { cursors.withLock { $0[list] ?? [] } }

  /// That the part behind the first `count` begins at `cursor`.
  func note(_ cursor: String, of list: String, behind count: Int) {
    cursors.withLock { cursors in
      if cursors[list, default: []].count == count - 1 { cursors[list]?.append(cursor) }
    }
  }
}

extension Explorer {
  var sitemapRoutes: [Route] {
    [
      xmlRoute("/sitemap.xml", "getSitemap", "application/xml") { visit in
        var parts = ["pages.xml"]
        for list in ["credentials", "providers"] {
          parts += (1...(try count(list, visit))).map { "\(list)-\($0).xml" }
        }
        return """
          <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          \(parts.map { "<sitemap><loc>\(visit.origin)/sitemaps/\($0)</loc></sitemap>\n" as HTML })</sitemapindex>
          """
      },
      xmlRoute("/sitemaps/pages.xml", "getSitemapOfPages", "application/xml") { visit in
        try visit.sitemapOfPages()
      },
      Route(.get, "/sitemaps/{part}", "getSitemapPart", on: .worker) { request in
        do { return try part(request) } catch PageError.refused(let answer) { return answer }
      },
    ]
  }

  /// How many parts a list has.
  private func count(_ list: String, _ visit: Visit) throws(PageError) -> Int {
    let page = try visit.read(
      Address("v1", list, with: [("fields", "slug"), ("limit", "1"), ("count", "exact")]))
    let size = pagesOfPart * pageSize
    return max(((page["total"]?.integer ?? 0) + size - 1) / size, starts.known(list).count, 1)
  }

  /// The n-th part, read page by page as it goes out.
  private func part(_ request: Request) throws -> Response {
    let name = request.path("part")
    let words = name.split(separator: ".").first?.split(separator: "-").map(String.init) ?? []
    let visit = try Visit(request, settings, ask)
    guard name.hasSuffix(".xml"), words.count == 2,
      ["credentials", "providers"].contains(words[0]),
      let number = Int(words[1]), words[1] == "\(number)", number > 0
    else { throw RouteError.unknownPath(request.target.path) }
    let list = words[0]
    let last = try count(list, visit)
    guard number <= last else { throw RouteError.unknownPath(request.target.path) }
    let place = Mutex((cursor: try start(of: number, list, visit), pages: 0))
    let origin = visit.origin
    return Response(
      .ok, [.contentType: "application/xml; charset=utf-8", .cacheControl: "no-cache"],
      .stream(
        BodySource { piece in
          try place.withLock { place in
            if place.pages == 0 { piece += beginning.utf8 }
            let page = try Visit(request, settings, ask).read(sitemapPage(list, place.cursor))
            place.cursor = page["next"]?.string
            place.pages += 1
            for item in page["items"]?.items ?? [] {
              piece += entry(item, list, origin).markup.utf8
            }
            // The last part takes what is left, as far as the protocol allows.
            let isFull = place.pages >= (number == last ? 50 : pagesOfPart)
            if let cursor = place.cursor {
              if place.pages == pagesOfPart { starts.note(cursor, of: list, behind: number) }
              if !isFull { return true }
            }
            piece += "</urlset>\n".utf8
            return false
          }
        }))
  }

  /// The cursor at which a part begins; those before it are walked through where nobody has yet.
  private func start(of part: Int, _ list: String, _ visit: Visit) throws(PageError) -> String? {
    guard part > 1 else { return nil }
    while starts.known(list).count < part - 1 {
      let known = starts.known(list)
      var cursor = known.last
      for _ in 0..<pagesOfPart {
        cursor = try visit.read(sitemapPage(list, cursor))["next"]?.string
        if cursor == nil { break }
      }
      guard let cursor else { break }
      starts.note(cursor, of: list, behind: known.count + 1)
    }
    let known = starts.known(list)
    return known.indices.contains(part - 2) ? known[part - 2] : known.last
  }

  private func sitemapPage(_ list: String, _ cursor: String?) -> Address {
    Address("v1", list, with: [("fields", "slug,updated_at"), ("limit", "\(pageSize)")])
      .with("cursor", cursor)
  }

  private var beginning: String {
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
  }

  private func entry(_ item: JSONValue, _ list: String, _ origin: String) -> HTML {
    """
    <url><loc>\(origin)\(Address(list, item["slug"]?.string ?? "").text)</loc>\
    <lastmod>\(item["updated_at"]?.string ?? "")</lastmod></url>

    """
  }
}

extension Visit {
  /// The pages that are there whatever the registry holds, and the countries'.
  fileprivate func sitemapOfPages() throws(PageError) -> HTML {
    let countries = try read(Address("/v1/countries", [("fields", "code"), ("limit", "1000")]))
    let paths =
      [
        "/", "/credentials", "/providers", "/countries", "/map", "/compare", "/pathways",
        "/findings", "/quality",
        "/docs", "/docs/analysts", "/docs/providers",
      ]
      + (countries["items"]?.items ?? []).map {
        Address("countries", $0["code"]?.string ?? "").text
      }
    return """
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(paths.map { "<url><loc>\(origin)\($0)</loc></url>\n" as HTML })</urlset>
      """
  }
}
