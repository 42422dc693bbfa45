internal import HTTP
internal import Registry

func classificationRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .sector, "sectors", "listSectors"),
    itemRoute(registry, .sector, "sectors", "code", "getSector"),
    listRoute(registry, .field, "fields", "listFields"),
    itemRoute(registry, .field, "fields", "code", "getField"),
    listRoute(registry, .occupation, "occupations", "listOccupations"),
    itemRoute(registry, .occupation, "occupations", "code", "getOccupation"),
    listRoute(registry, .language, "languages", "listLanguages"),
    itemRoute(registry, .language, "languages", "code", "getLanguage"),
  ]
}
