internal import HTTP
internal import Registry

func vocabularyRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .vocabulary, "vocabularies", "listVocabularies"),
    itemRoute(registry, .vocabulary, "vocabularies", "name", "getVocabulary"),
  ]
}
