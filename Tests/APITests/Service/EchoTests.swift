import HTTPTypes
import Testing
import Wire

/// RFC 9112 §11.1: what comes from the client and goes back to it adds no field and no answer.
@Suite("what is said again") struct EchoTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test(arguments: [
    "%0d%0aInjected:%20x", "%0aInjected:%20x", "%0d%0a%0d%0aHTTP/1.1%20200%20OK", "%e2%80%a8",
    "%22%3E;rel=x", "%7f%1b%5b2J", "%3Cscript%3E",
  ])
  func `no path, query or cursor breaks out of a field`(text: String) throws {
    for target in [
      "/\(text)", "/v1/sectors/\(text)", "/v1/\(text).csv", "/v1/sectors?\(text)=1",
      "/v1/sectors?limit=1&q=\(text)", "/v1/sectors?limit=1&code=!\(text)",
      "/v1/sectors?cursor=\(text)", "/v1/sectors?fields=\(text)", "/v1/sectors?sort=\(text)",
    ] {
      for method in [HTTPRequest.Method.get, .options] {
        try check(api.respond(method, target))
      }
    }
  }

  @Test(arguments: [
    "X-Request-Id", "traceparent", "Origin", "Access-Control-Request-Method", "Accept",
    "Accept-Language", "Authorization", "If-Match", "If-None-Match", "Content-Language",
  ])
  func `no field breaks out of its own`(name: String) throws {
    for value in [
      "a\tInjected: x", "\"; rel=x", "é\u{85}Injected: x", "https://writer.example\tx",
      "%0d%0aInjected: x",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\tx",
      String(repeating: "a", count: 5000),
    ] {
      for method in [HTTPRequest.Method.get, .options] {
        let answer = try api.respond(method, "/v1/sectors?limit=1", [name: value])
        try check(answer)
        // Of what was sent, nothing with a blank in it comes back.
        #expect(!answer.fields.values.contains { $0.contains("Injected") })
      }
    }
  }

  @Test func `no title breaks out of Location`() throws {
    let (_, fields) = try api.provider()
    for title in [#"a\r\nInjected: x"#, #"\u2028"#, #"\"><x"#, "../../x", "%0d%0a", "é ü"] {
      let answer = try api.respond(.post, "/v1/credentials", fields, #"{"title": "\#(title)"}"#)
      try check(answer)
      if let place = answer["Location"] {
        #expect(place.wholeMatch(of: /\/v1\/credentials\/[a-z0-9-]+/) != nil)
      }
    }
  }

  private func check(_ answer: Answer) throws {
    #expect(answer["Injected"] == nil)
    for (name, value) in answer.fields {
      #expect(!(name + value).unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" }, "\(name)")
    }
    // A link's target ends where its own angle bracket does.
    if let link = answer["Link"] { #expect(link.wholeMatch(of: /<[^<>"]+>; rel="next"/) != nil) }
    if answer["Content-Type"]?.hasSuffix("json") == true { #expect(answer.json != .null) }
  }
}
