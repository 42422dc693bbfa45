internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

func stackingRoutes(_ registry: Registry, _ writes: Registry) -> [Route] {
  [
    listRoute(registry, .stackingRule, "stacking-rules", "listStackingRules"),
    itemRoute(registry, .stackingRule, "stacking-rules", "slug", "getStackingRule"),
    historyRoute(registry, .stackingRule, "stacking-rules", "slug", "getStackingRuleHistory"),
    Route(.get, "/v1/credentials/{slug}/workload", "getWorkload", on: .loop) { request in
      let viewer = try registry.viewer(of: request)
      var parameters = try Parameters(request, .credential)
      try parameters.none()
      let body = try registry.workload(of: request.path("slug"), for: viewer).bytes
      return try formatted(.json, body).conditional(request, contentTag(body), viewer)
    },
  ] + writingRoutes(registry, writes, .stackingRule, "stacking-rules", "slug", "StackingRule")
    + graphRoutes(registry)
}
