internal import HTTP
internal import HTTPTypes
internal import Registry

func countryRoutes(_ registry: Registry, _ writes: Registry) -> [Route] {
  [
    listRoute(registry, .country, "countries", "listCountries"),
    aggregateRoute(registry, .country, "countries", "aggregateCountries"),
    // With include=all it counts, which takes longer than a loop has.
    Route(.get, "/v1/countries/{code}", "getCountry", on: .worker) { request in
      try registry.itemAnswer(.country, request.path("code"), request)
    },
    listRoute(registry, .statement, "statements", "listStatements"),
    itemRoute(registry, .statement, "statements", "id", "getStatement"),
    historyRoute(registry, .statement, "statements", "id", "getStatementHistory"),
    Route(.post, "/v1/statements", "createStatement", on: .together) { request in
      var response = try writes.createAnswer("statements", request, writes.state)
      // A statement has no versions: its tag is that of its text.
      response.fields[.eTag] = nil
      return response
    },
  ]
}
