internal import HTTP
internal import Registry

func providerRoutes(_ registry: Registry, _ writes: Registry) -> [Route] {
  [
    listRoute(registry, .provider, "providers", "listProviders"),
    aggregateRoute(registry, .provider, "providers", "aggregateProviders"),
    itemRoute(registry, .provider, "providers", "slug", "getProvider"),
    historyRoute(registry, .provider, "providers", "slug", "getProviderHistory"),
  ] + writingRoutes(registry, writes, .provider, "providers", "slug", "Provider")
}
