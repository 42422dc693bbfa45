internal import HTTP
internal import Registry

func countryRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .country, "countries", "listCountries"),
    itemRoute(registry, .country, "countries", "code", "getCountry"),
    listRoute(registry, .statement, "statements", "listStatements"),
    itemRoute(registry, .statement, "statements", "id", "getStatement"),
  ]
}
