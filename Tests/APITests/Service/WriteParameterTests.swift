import HTTP
import HTTPTypes
import Testing
import Wire

@Suite("parameters of what isn't GET") struct WriteParameterTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test func `every route that writes refuses a parameter that it doesn't know`() throws {
    let fields = try api.writer().merging(["If-Match": "*"]) { $1 }
    let routes = api.router.routes.filter { $0.method != .get }
    #expect(routes.count > 20)
    for route in routes {
      let path = route.template.replacing(/\{\w+\}/, with: "x")
      let type = path.hasSuffix(":import") ? "application/x-ndjson" : "application/json"
      let answer = try api.respond(
        route.method, "\(path)?bogus=1", fields.merging(["Content-Type": type]) { $1 }, "{}")
      #expect(answer.status == 400, "\(route.operation): \(answer.text)")
      #expect(answer.places == ["bogus"], "\(route.operation)")
    }
  }

  @Test func `what was only to be tried isn't stored`() throws {
    let (_, fields) = try api.provider()
    let body = #"{"title": "Tried"}"#
    let answer = try api.respond(.post, "/v1/credentials?dry_run=true", fields, body)
    #expect(answer.status == 400 && answer.places == ["dry_run"])
    #expect(try api.get("/v1/credentials/tried").status == 404)
    try api.write(.post, "/v1/credentials", body, fields)
    let kept = fields.merging(["If-Match": "*"]) { $1 }
    #expect(
      try api.respond(.delete, "/v1/credentials/tried?dry_run=true", kept).status == 400)
    #expect(try api.get("/v1/credentials/tried").json["status"] == "published")
  }
}
