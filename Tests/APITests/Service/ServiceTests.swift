import HTTP
import HTTPTypes
import Testing
import Wire

@Suite("what is the same everywhere") struct ServiceTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test func `the server says how it is and what it is`() throws {
    #expect(try api.get("/healthz").text == "{\"status\":\"ok\"}\n")
    #expect(try api.get("/readyz").text == "{\"status\":\"ready\"}\n")
    #expect(try api.get("/openapi.yaml").text.hasPrefix("openapi: 3.1.0"))
    #expect(try api.get("/v1").json["credentials"]?.string == "/v1/credentials")
  }

  @Test func `HEAD has GET's fields and no body`() throws {
    for target in [
      "/v1/countries/IE", "/v1/credentials?country=DK", "/v1/credentials.csv", "/nope",
    ] {
      let (get, head) = (try api.get(target), try api.respond(.head, target))
      #expect(head.body.isEmpty)
      #expect(head.status == get.status)
      for (name, value) in get.fields where name != "x-request-id" && name != "date" {
        #expect(head[name] == value, "\(target) \(name)")
      }
    }
  }

  @Test func `a path that isn't there is a 404, a method that isn't a 405 with Allow`() throws {
    for path in [
      "/nope", "/v1/", "/v1/credentials/a/b", "/v1/countries/", "//", "/v1/countries/IE.csv",
    ] {
      #expect(try api.get(path).status == 404, "\(path)")
    }
    let answer = try api.respond(.put, "/v1/countries", ["Content-Type": "application/json"], "{}")
    #expect(answer.status == 405)
    #expect(answer["Allow"] == "GET, HEAD, OPTIONS")
    for name in ["TRACE", "QUERY"] {
      let method = try #require(HTTPRequest.Method(name))
      #expect(try api.respond(method, "/v1/countries").status == 405)
    }
  }

  // RFC 9110 §9.1: names of methods have their case.
  @Test(arguments: ["BREW", "get", "M-SEARCH"])
  func `a method that the server doesn't know is a 501`(name: String) throws {
    let method = try #require(HTTPRequest.Method(name))
    #expect(try api.respond(method, "/v1/countries").status == 501)
    #expect(try api.respond(method, "/nope").status == 404)
  }

  @Test func `OPTIONS says what a path takes`() throws {
    let answer = try api.respond(.options, "/v1/credentials/x")
    #expect(answer.status == 204)
    #expect(answer["Allow"] == "GET, HEAD, PUT, PATCH, DELETE, OPTIONS")
    #expect(try api.respond(.options, "*").status == 204)
    #expect(try api.respond(.options, "/nope").status == 404)
  }

  @Test func `any page may read, and only the configured ones write`() throws {
    #expect(try api.get("/v1/credentials")["Access-Control-Allow-Origin"] == "*")
    func preflight(_ origin: String) throws -> String? {
      let answer = try api.respond(
        .options, "/v1/credentials", ["Origin": origin, "Access-Control-Request-Method": "POST"])
      return answer["Access-Control-Allow-Methods"]
    }
    #expect(try preflight("https://other.example") == "GET, HEAD")
    #expect(try preflight("https://writer.example")?.contains("POST") == true)
  }

  @Test func `a request keeps the id it came with, if that can stand in a log`() throws {
    let kept = try api.respond(.get, "/nope", ["X-Request-Id": "abc-1"])
    #expect(kept["X-Request-Id"] == "abc-1")
    #expect(kept.json["request_id"]?.string == "abc-1")
    for id in ["a b", "a\"b", String(repeating: "x", count: 200)] {
      let answer = try api.respond(.get, "/healthz", ["X-Request-Id": id])
      #expect(answer["X-Request-Id"] != id)
      #expect(answer["X-Request-Id"]?.isEmpty == false)
    }
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    #expect(try api.respond(.get, "/healthz", ["traceparent": trace])["traceparent"] == trace)
    #expect(try api.respond(.get, "/healthz", ["traceparent": "x"])["traceparent"] == nil)
  }

  @Test(arguments: ["%", "%zz", "%00", "%ff"])
  func `a path or query that can't be decoded is a 400`(text: String) throws {
    #expect(throws: (any Error).self) { try api.get("/v1/countries/\(text)") }
    #expect(try api.get("/v1/credentials?q=\(text)").status == 400)
  }

  @Test(arguments: [
    ("/v1/providers/a", Place.loop), ("/v1/providers/a?fields=slug,name", .loop),
    ("/v1/credentials/a?include=provider", .worker),
    ("/v1/credentials/a?%69nclude=provider", .worker), ("/v1/countries/IE?include=all", .worker),
    ("/v1/credentials/a?lang=de", .loop), ("/v1/credentials/a?lang=de&as_of=2024-01-01", .worker),
  ])
  func `an item with what is around it, or a past one, holds up nobody else`(
    target: String, place: Place
  ) throws {
    var request = Request(get: try #require(Target(target)))
    #expect(try api.router.route(&request).place(of: request) == place)
  }

  @Test func `metrics tell what was answered, by operation and status`() throws {
    _ = try api.get("/v1/countries/IE")
    _ = try api.get("/v1/countries/XX")
    _ = try api.get("/nowhere")
    let answer = try api.get("/metrics")
    #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    for (labels, most) in [
      (#"operation="getCountry",status="200""#, "+Inf"),
      (#"operation="getCountry",status="404""#, "+Inf"), (#"operation="",status="404""#, "5"),
    ] {
      let name = "cairn_request_duration_seconds"
      #expect(answer.text.contains("\(name)_bucket{\(labels),le=\"\(most)\"} 1\n"))
      #expect(answer.text.contains("\(name)_count{\(labels)} 1\n"))
    }
  }
}
