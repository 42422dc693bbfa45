internal import HTTP
internal import HTTPTypes
internal import Registry
internal import Resources

/// What whoever runs the server, and its clients, ask of the server itself.
func serviceRoutes(_ registry: Registry, _ settings: API.Settings) -> [Route] {
  [
    Route(.get, "/v1", "getIndex", on: .loop) { _ in index },
    Route(.get, "/healthz", "getHealth", on: .loop) { _ in
      uncached(Response(.ok, body: Array("{\"status\":\"ok\"}\n".utf8)))
    },
    Route(.get, "/readyz", "getReadiness", on: .loop) { _ in
      guard !settings.isStopping(), registry.isReady else {
        throw RegistryError.unavailable("The server is stopping, or its database doesn't answer.")
      }
      return uncached(Response(.ok, body: Array("{\"status\":\"ready\"}\n".utf8)))
    },
    Route(.get, "/metrics", "getMetrics", on: .worker) { _ in
      var response = uncached(Response(.ok, body: Array(settings.metrics.text.utf8)))
      response.fields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
      return response
    },
    Route(.get, "/openapi.yaml", "getDescription", on: .worker) { request in
      // RFC 9512 registers the type.
      try represented("application/yaml", description)
        .conditional(request, descriptionTag, .anyone)
    },
    Route(.get, "/openapi.json", "getDescriptionAsJSON", on: .worker) { request in
      try represented("application/json", descriptionAsJSON).conditional(request)
    },
  ]
}

private func uncached(_ response: Response) -> Response {
  var response = response
  response.fields[.contentType] = "application/json"
  response.fields[.cacheControl] = "no-store"
  return response
}

private let description = Array(Resources.openapi.utf8)
private let descriptionAsJSON = Array(Resources.openapiAsJSON.utf8)
private let descriptionTag = contentTag(description)

private let index = formatted(
  .json,
  Array(
    """
    {"name":"Cairn","description":"A registry of microcredentials.","openapi":"/openapi.yaml",\
    "credentials":"/v1/credentials","providers":"/v1/providers","countries":"/v1/countries",\
    "statements":"/v1/statements","frameworks":"/v1/frameworks","levels":"/v1/levels",\
    "sectors":"/v1/sectors","fields":"/v1/fields","occupations":"/v1/occupations",\
    "languages":"/v1/languages","vocabularies":"/v1/vocabularies","observations":"/v1/observations",\
    "sources":"/v1/sources","changes":"/v1/changes","dumps":"/v1/dumps/"}
    """.utf8))
