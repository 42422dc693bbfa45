internal import API
internal import HTTP
internal import HTTPTypes
internal import JSON

// oEmbed 1.0: a credential's address in, the card that shows it out.
extension Explorer {
  var oEmbedRoute: Route {
    Route(.get, "/oembed", "getOEmbed", on: .worker) { request in
      let visit = try Visit(request, settings, ask)
      let format = visit.address["format"] ?? "json"
      // §2.3.4: 501 for a format that there isn't, 404 for an address that has no card.
      guard format == "json" || format == "xml" else {
        return plain(.notImplemented, "There is format=json and format=xml.")
      }
      guard let slug = visit.embeddable else {
        return plain(.notFound, "url is the address of a credential's page here.")
      }
      do {
        let members = try visit.oEmbed(slug)
        let body =
          format == "json" ? JSONValue.object(members).bytes : Array(xml(members).markup.utf8)
        let type = format == "json" ? "application/json" : "text/xml; charset=utf-8"
        return try Response(
          .ok, [.contentType: type, .vary: "Accept-Encoding, Accept-Language"], body: body
        ).conditional(request)
      } catch PageError.refused {
        return plain(.notFound, "There is no such credential.")
      }
    }
  }

  private func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(status, [.contentType: "text/plain; charset=utf-8"], body: Array((text + "\n").utf8))
  }

  private func xml(_ members: [JSONValue.Member]) -> HTML {
    """
    <?xml version="1.0" encoding="utf-8" standalone="yes"?>
    <oembed>
    \(members.map { member -> HTML in
      let name = HTML(stringLiteral: member.name)
      return "<\(name)>\(member.value.string ?? member.value.integer.map(String.init) ?? "")</\(name)>\n"
    })</oembed>

    """
  }
}

extension Visit {
  /// Where the card's description is, for `link` elements.
  func oEmbed(_ here: Address, _ format: String) -> String {
    origin + Address("/oembed", [("url", origin + here.text), ("format", format)]).text
  }

  /// The slug of the credential whose page `url` names; nil where it names none of ours.
  fileprivate var embeddable: String? {
    guard let url = address["url"], let place = url.firstRange(of: "://"),
      let own = origin.firstRange(of: "://"), ["http", "https"].contains(url[..<place.lowerBound])
    else { return nil }
    let rest = url[place.upperBound...]
    let authority = origin[own.upperBound...]
    guard rest.hasPrefix(authority + "/"),
      let target = Target(String(rest.dropFirst(authority.count).prefix { $0 != "#" }))
    else { return nil }
    let segments =
      target.segments.first == "embed" ? target.segments.dropFirst() : target.segments[...]
    guard segments.count == 2, segments.first == "credentials" else { return nil }
    return segments.last
  }

  fileprivate func oEmbed(_ slug: String) throws -> [JSONValue.Member] {
    let item = try read(Address("v1", "credentials", slug))
    let provider = item["provider"]?.string
    let names = try lookUp(
      "providers", provider.map { [$0] } ?? [],
      [("status", "active,withdrawn"), ("fields", "slug,name")], by: "slug")
    let width = min(480, most("maxwidth"))
    let height = min(260, most("maxheight"))
    let members: [(String, JSONValue?)] = [
      ("type", "rich"), ("version", "1.0"),
      ("title", .string(plain(item["title"]) ?? say("credential.untitled"))),
      ("author_name", provider.map { .string(plain(names[$0]?["name"]) ?? $0) }),
      ("author_url", provider.map { .string(origin + Address("providers", $0).text) }),
      ("provider_name", "Cairn"), ("provider_url", .string(origin + "/")),
      ("cache_age", 3600), ("width", .integer(Int64(width))), ("height", .integer(Int64(height))),
      ("html", .string(card(item, width: width, height: height).markup)),
    ]
    return members.compactMap { name, value in value.map { .init(name: name, value: $0) } }
  }

  private func most(_ name: String) -> Int {
    address[name].flatMap(Int.init).map { max($0, 1) } ?? .max
  }
}
