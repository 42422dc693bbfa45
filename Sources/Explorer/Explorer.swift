public import API
internal import HTTP
internal import HTTPTypes
internal import JSON

/// The registry for people: pages that read without JavaScript, each made of nothing but the API's answers.
public struct Explorer: Sendable {
  /// What whoever runs the server decides.
  public struct Settings: Sendable {
    /// Scheme and authority that others reach the server by, as in https://cairn.example; nil for what each
    /// request says.
    public var origin: String?

    public init(origin: String? = nil) { self.origin = origin }
  }

  let settings: Settings
  let ask: Ask
  let starts = PartStarts()

  public static func pages(_ settings: Settings, asking ask: @escaping Ask) -> Pages {
    let explorer = Explorer(settings: settings, ask: ask)
    return Pages(explorer.routes, telling: explorer.tell)
  }

  private var routes: [Route] {
    [
      Route(.get, "/", "getHomePage", on: .worker) { request in
        // Programs that ask for nothing in particular get the API's index.
        guard request.prefersHTML else { return Self.varied(ask(Self.index)) }
        return try page(request, home)
      },
      pageRoute("/credentials", "getSearchPage", search),
      pageRoute("/providers", "getProvidersPage", providers),
      pageRoute("/pathways", "getPathwaysPage", pathways),
      pageRoute("/publish", "getPublishPage", publish),
      pageRoute("/credentials/{slug}", "getCredentialPage", credentialPage),
      pageRoute("/providers/{slug}", "getProviderPage", providerPage),
      pageRoute("/countries", "getCountriesPage", countriesPage),
      pageRoute("/countries/{code}", "getCountryPage", countryPage),
      embedRoute, oEmbedRoute, feedRoute,
      pageRoute("/docs", "getReferencePage", reference),
      pageRoute("/docs/reference/{operation}", "getOperationPage", operation),
      pageRoute("/docs/schemas/{name}", "getSchemaPage", schema),
      pageRoute("/docs/analysts", "getAnalystsGuide", Guide.analysts.page),
      pageRoute("/docs/providers", "getProvidersGuide", Guide.providers.page),
      pageRoute("/map", "getMapPage", map),
      pageRoute("/findings", "getFindingsPage", findings),
      pageRoute("/quality", "getQualityPage", quality),
      pageRoute("/compare", "getComparePage", compare),
    ] + sitemapRoutes + discoveryRoutes + Assets.routes
  }

  private static let index: Request = {
    guard let target = Target("/v1") else { preconditionFailure("/v1 is a target.") }
    return Request(get: target)
  }()

  private static func varied(_ answer: Response) -> Response {
    var answer = answer
    answer.fields[.vary] = "Accept, Accept-Encoding"
    return answer
  }

  func pageRoute(
    _ template: String, _ operation: String,
    _ make: @escaping @Sendable (Visit) throws -> Page
  ) -> Route {
    Route(.get, template, operation, on: .worker) { request in try page(request, make) }
  }

  private func page(
    _ request: Request, _ make: (Visit) throws -> Page
  ) throws -> Response {
    let visit = try Visit(request, settings, ask)
    do {
      let page = try make(visit)
      return try Response(.ok, Self.fields, body: Array(visit.framed(page).markup.utf8))
        .conditional(request)
    } catch PageError.refused(let answer) {
      return tell(answer, request)
    }
  }

  /// The page that says what a problem says, with its status and its fields.
  @Sendable private func tell(_ answer: Response, _ request: Request) -> Response {
    var answer = answer
    // A credential that is another one now is so here, too (RFC 9110 §15.4.9).
    if answer.status.kind == .redirection {
      answer.fields[.location] = answer.fields[.location].map { String($0.trimmingPrefix("/v1")) }
      return answer
    }
    guard case .bytes(let bytes) = answer.body else { return answer }
    // What is told may be that the query can't be read.
    let asked = (try? request.target.parameters()) ?? []
    let visit = Visit(request, asking: asked, settings, ask)
    let problem = (try? JSONValue(parsing: bytes)) ?? .null
    answer.body = .bytes(Array(visit.framed(visit.page(of: problem)).markup.utf8))
    for field in Self.fields where field.name != .cacheControl {
      answer.fields[field.name] = field.value
    }
    return answer
  }

  /// No script, style, picture or connection that isn't this server's own; nobody frames it.
  private static let fields: HTTPFields = [
    .contentType: "text/html; charset=utf-8",
    .vary: "Accept, Accept-Encoding, Accept-Language",
    .contentSecurityPolicy:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    .referrerPolicy: "same-origin",
  ]
}

extension Request {
  var prefersHTML: Bool {
    MediaType.preferred(of: [.json, .html], accept: self[.accept]) == .html
  }
}

extension HTTPField.Name {
  static let referrerPolicy = HTTPField.Name.token("Referrer-Policy")
}
