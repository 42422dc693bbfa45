internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

func frameworkRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .framework, "frameworks", "listFrameworks"),
    itemRoute(registry, .framework, "frameworks", "code", "getFramework"),
    listRoute(registry, .level, "levels", "listLevels"),
    Route(.get, "/v1/levels/{code}", "getLevel", on: .loop) { request in
      try registry.levelAnswer(request.path("code"), request)
    },
  ]
}

extension Registry {
  /// A level; with `in=LV,QF-EHEA`, and what it is there.
  fileprivate func levelAnswer(_ code: String, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, .level)
    let frames = parameters.frames()
    let (fields, _) = try parameters.item()
    var body = try item(.level, code, fields) { record in
      var json = JSONWriter()
      record.write(to: &json)
      return json.bytes
    }
    if let frames {
      // The level's object goes on where its members end.
      body.removeLast()
      body += ",\"in\":".utf8
      body += try correspondences(of: code, in: frames).bytes
      body += "}".utf8
    }
    return try formatted(.json, body).conditional(request, contentTag(body), .anyone)
  }
}

extension Parameters {
  /// The frameworks and countries in whose levels a level is asked for; nil where it isn't.
  fileprivate mutating func frames() -> [String]? { list("in") }
}
