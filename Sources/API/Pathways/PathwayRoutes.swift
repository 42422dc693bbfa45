internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

func pathwayRoutes(_ registry: Registry) -> [Route] {
  [
    Route(.post, "/v1/pathways", "findPathways", on: .worker) { request in
      let body = try jsonBody(request, ["application/json"], .acceptPost)
      var response = formatted(.json, try registry.pathways(body).bytes)
      // A question too long for a URL, whose answer is of this moment (RFC 9110 §9.3.3).
      response.fields[.cacheControl] = "no-store"
      return response
    }
  ]
}
