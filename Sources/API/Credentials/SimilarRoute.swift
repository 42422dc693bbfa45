internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// Credentials like one, each with what makes it so.
func similarRoute(_ registry: Registry) -> Route {
  Route(.get, "/v1/credentials/{slug}/similar", "similarCredentials", on: .worker) { request in
    var parameters = try Parameters(request, .credential)
    let asked = try parameters.similar()
    let viewer = try registry.viewer(of: request)
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.name("items")
    json.beginArray()
    try registry.similar(
      to: request.path("slug"), where: asked.conditions, fields: asked.fields, limit: asked.limit,
      for: viewer
    ) { record, likeness in
      json.beginObject()
      record.writeMembers(to: &json)
      json.name("similarity")
      likeness.write(to: &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return try formatted(.json, json.bytes).conditional(request, contentTag(json.bytes), viewer)
  }
}

extension Likeness {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.name("score")
    json.number(rounded(score))
    json.name("members")
    json.beginObject()
    for member in members {
      json.name(member.name)
      json.beginObject()
      json.name("weight")
      json.number(member.weight)
      json.name("score")
      if let score = member.score { json.number(rounded(score)) } else { json.null() }
      for (name, value) in [
        ("shared", member.shared), ("only_this", member.onlyThis), ("only_that", member.onlyThat),
      ] {
        json.name(name)
        json.value(value)
      }
      json.endObject()
    }
    json.endObject()
    json.endObject()
  }
}

/// To three places: more would say more than is known.
private func rounded(_ score: Double) -> Double { (score * 1000).rounded() / 1000 }

extension Parameters {
  /// Which of the alike are wanted, and what of them.
  fileprivate mutating func similar() throws(RequestError) -> (
    conditions: [Query.Condition], fields: [Field], limit: Int
  ) {
    let fields = list("fields").map { names in names.compactMap { field($0, of: noun) } }
    let limit = integer("limit", 1...50, else: 10)
    let conditions = conditions(besides: ["fields", "limit"])
    if !violations.isEmpty { throw .badParameters(violations) }
    return (conditions, fields ?? noun.listed, limit)
  }
}
