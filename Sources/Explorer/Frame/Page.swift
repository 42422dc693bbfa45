/// One page, before its frame is put around it.
struct Page {
  var title: String
  /// A sentence, for search engines and previews.
  var description = ""
  /// Which entry of the navigation it belongs to: a path.
  var section = ""
  /// Files of Web/js that make it richer.
  var modules: [String] = []
  /// More for its head.
  var head = HTML.nothing
  var main: HTML
  /// The address it is known by, where it may have been asked for by another.
  var canonical: Address?
  /// False for pages that search engines should leave out.
  var isIndexed = true
}

extension Visit {
  private static let sections = [
    ("/credentials", "nav.search"), ("/countries", "nav.countries"), ("/map", "nav.map"),
    ("/compare", "nav.compare"), ("/pathways", "nav.pathways"), ("/findings", "nav.findings"),
    ("/quality", "nav.quality"), ("/docs", "nav.docs"),
  ]

  /// The page in the frame that all have.
  func framed(_ page: Page) -> HTML {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(page.title)\(address.path == "/" ? "" : " · Cairn")</title>
    <meta name="description" content="\(page.description)">
    <meta name="color-scheme" content="light dark">
    \(page.isIndexed ? canonical(page.canonical ?? address) : "<meta name=\"robots\" content=\"noindex\">")
    <link rel="stylesheet" href="\(Assets.address("explorer.css"))">
    <link rel="icon" href="\(Assets.address("cairn.svg"))" type="image/svg+xml">
    <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="Cairn">
    <link rel="alternate" type="application/atom+xml" href="/changes.atom" title="\(say("feed.title"))">
    \(page.modules.map { "<script type=\"module\" src=\"\(Assets.address("js/" + $0))\"></script>\n" as HTML })\
    \(page.head)
    </head>
    <body>
    <a class="skip" href="#main">\(say("skip"))</a>
    <header class="top">
    <a class="brand" href="\(link("/"))"><img src="\(Assets.address("cairn.svg"))" alt="" width="28" height="28">Cairn</a>
    <details class="menu wide-open"><summary>\(say("nav.menu"))</summary>
    <nav aria-label="\(say("nav.label"))"><ul>\(Self.sections.map { navigation($0, page) })</ul></nav></details>
    </header>
    <main id="main" tabindex="-1">
    \(page.main)
    </main>
    <footer class="bottom">
    \(madeOf)
    <nav aria-label="\(say("language.label"))"><ul class="languages">\(Language.allCases.map(choice))</ul></nav>
    <p>\(say("footer.about")) <a href="\(link("/docs"))">\(say("footer.docs"))</a> · \
    <a href="/openapi.yaml">openapi.yaml</a> · <a href="/changes.atom">\(say("feed.title"))</a> · \
    <a href="\(link("/publish"))">\(say("footer.publish"))</a></p>
    </footer>
    </body>
    </html>

    """
  }

  private func navigation(_ section: (path: String, key: String), _ page: Page) -> HTML {
    """
    <li><a href="\(link(section.path))"\
    \(section.path == page.section ? " aria-current=\"page\"" as HTML : .nothing)>\(say(section.key))</a></li>
    """
  }

  private func choice(_ choice: Language) -> HTML {
    """
    <li><a href="\(address.with("lang", choice.rawValue).text)" hreflang="\(choice.rawValue)" \
    lang="\(choice.rawValue)"\(choice == language ? " aria-current=\"true\"" as HTML : .nothing)>\
    \(choice.name)</a></li>
    """
  }

  private func canonical(_ address: Address) -> HTML {
    """
    <link rel="canonical" href="\(origin)\(link(address))">
    \(Language.allCases.map {
      "<link rel=\"alternate\" hreflang=\"\($0.rawValue)\" href=\"\(origin)\(address.with("lang", $0.rawValue).text)\">\n" as HTML
    })
    """
  }

  /// Where the page's facts can be had as data: every question that was asked to make it.
  private var madeOf: HTML {
    guard !asked.isEmpty else { return .nothing }
    return """
      <details class="made-of"><summary>\(say("footer.made_of", count: asked.count))</summary>
      <ul>\(asked.map { "<li><a href=\"\($0.text)\"><code>GET \($0.text)</code></a></li>" as HTML })</ul>
      </details>
      """
  }
}
