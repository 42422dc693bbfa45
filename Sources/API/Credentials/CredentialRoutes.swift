internal import HTTP
internal import Registry

func credentialRoutes(_ registry: Registry, _ writes: Registry) -> [Route] {
  [
    listRoute(registry, .credential, "credentials", "listCredentials"),
    aggregateRoute(registry, .credential, "credentials", "aggregateCredentials"),
    suggestRoute(registry, .credential, "credentials", "suggestCredentials"),
    itemRoute(registry, .credential, "credentials", "slug", "getCredential"),
    similarRoute(registry),
    historyRoute(registry, .credential, "credentials", "slug", "getCredentialHistory"),
  ] + writingRoutes(registry, writes, .credential, "credentials", "slug", "Credential")
}
