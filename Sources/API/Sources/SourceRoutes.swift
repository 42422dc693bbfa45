internal import HTTP
internal import Registry

func sourceRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .source, "sources", "listSources"),
    itemRoute(registry, .source, "sources", "id", "getSource"),
  ]
}
