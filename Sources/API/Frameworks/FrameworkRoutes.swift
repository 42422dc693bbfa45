internal import HTTP
internal import Registry

func frameworkRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .framework, "frameworks", "listFrameworks"),
    itemRoute(registry, .framework, "frameworks", "code", "getFramework"),
    listRoute(registry, .level, "levels", "listLevels"),
    itemRoute(registry, .level, "levels", "code", "getLevel"),
  ]
}
