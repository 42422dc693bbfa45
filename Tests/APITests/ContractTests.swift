import API
import Foundation
import HTTP
import Resources
import Testing
import Wire

@Suite struct ContractTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test func `every route is an operation of openapi.yaml, and every operation a route`() {
    let routes = api.router.routes.map { "\($0.method) \($0.template) \($0.operation)" }
    #expect(Set(routes) == Contract.document.operations)
  }

  @Test func `openapi.json says what openapi.yaml says: make openapi.json writes it`() throws {
    let json = try JSONDecoder().decode(JSON.self, from: Data(Resources.openapiAsJSON.utf8))
    #expect(json == (try JSON(yaml: Resources.openapi)))
  }

  @Test func `every operation has an example of its answer that fits its schema`() {
    for route in api.router.routes {
      let responses = Contract.document.operation(route)?["responses"]
      let success = responses?["200"] ?? responses?["201"] ?? responses?["202"]
      // What has no content has no example of it.
      if success == nil, responses?["204"] != nil { continue }
      let content = success?["content"]?.members.values.first { $0["example"] != nil }
      guard let example = content?["example"], let schema = content?["schema"] else {
        Issue.record("\(route.operation) has no example")
        continue
      }
      #expect(
        Contract.document.violations(of: example, against: schema, at: route.operation).isEmpty)
    }
  }

  @Test func `every operation says how too many requests are answered`() {
    for route in api.router.routes {
      let answer = Contract.document.operation(route)?["responses"]?["429"]
      let fields = answer.map(Contract.document.resolved)?["headers"]?.members ?? [:]
      #expect(
        Set(fields.keys) == ["Retry-After", "RateLimit", "RateLimit-Policy"], "\(route.operation)")
    }
  }

  @Test func `every list's parameters are those it takes, and it takes each of them`() throws {
    for route in api.router.routes where route.operation.hasPrefix("list") {
      let parameters = Contract.document.operation(route)?["parameters"]?.items ?? []
      for parameter in parameters.map(Contract.document.resolved)
      where parameter["in"]?.string == "query" {
        let name = try #require(parameter["name"]?.string)
        let answer = try api.get("\(route.template)?\(name)=no..such")
        #expect(!answer.text.contains("There is no parameter"), "\(route.operation) \(name)")
      }
    }
  }
}
