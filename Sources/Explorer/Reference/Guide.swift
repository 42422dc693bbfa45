internal import Resources

/// A text for one kind of user, from Web/guides, whose curl lines work as they stand.
enum Guide: String, CaseIterable {
  case analysts, providers

  func content(in language: Language, at origin: String) -> HTML {
    let name = "guides/\(rawValue).\(language).html"
    guard let file = Resources.web.first(where: { $0.name == name }) else {
      preconditionFailure("Web has no \(name).")
    }
    // The text is this program's own; the origin isn't, and stands in it as text.
    let pieces = file.text.split(separator: "{origin}", omittingEmptySubsequences: false)
    return pieces.dropFirst().reduce(HTML(stringLiteral: String(pieces[0]))) {
      "\($0)\(origin)\(HTML(stringLiteral: String($1)))"
    }
  }

  @Sendable func page(_ visit: Visit) throws -> Page {
    Page(
      title: visit.say("guide.\(rawValue)"), description: visit.say("guide.\(rawValue).about"),
      section: "/docs",
      main: """
        <p class="eyebrow"><a href="\(visit.link("/docs"))">\(visit.say("docs.title"))</a></p>
        <article class="guide"><h1>\(visit.say("guide.\(rawValue)"))</h1>
        \(content(in: visit.language, at: visit.origin))</article>
        """)
  }
}

extension Visit {
  func card(_ guide: Guide) -> HTML {
    """
    <li class="card"><h2><a href="\(link(Address("docs", guide.rawValue)))">\(say("guide.\(guide.rawValue)"))</a></h2>
    <p>\(say("guide.\(guide.rawValue).about"))</p></li>
    """
  }
}
