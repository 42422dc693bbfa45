import HTTP
import Testing

@Suite struct TargetTests {
  private func target(_ text: String) throws -> Target {
    var parser = RequestParser(Limits())
    let bytes = Array("GET \(text) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    return try #require(try parser.next(in: bytes.span)).head.request.target
  }

  @Test(arguments: [
    ("/", [""]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/a%2Fb", ["a/b"]),
    ("/%61", ["a"]), ("/a/./b", ["a", "b"]), ("/a/../b", ["b"]), ("/../../b", ["b"]),
    ("/a/..", [""]),
    ("/a/%2e%2E/b", ["b"]), ("/a?b/c", ["a"]), ("http://h/a", ["a"]), ("http://h", [""]),
    ("/a+b", ["a+b"]),
  ])
  func `a path is decoded segment by segment, and has no dots left`(
    text: String, segments: [String]
  ) throws {
    #expect(try target(text).segments == segments)
  }

  @Test func `a query is read as forms write it`() throws {
    let parameters = try target("/?a=1&b=x+y&c=%2B%26&d&a=2&=e").parameters()
    #expect(parameters.map(\.name) == ["a", "b", "c", "d", "a", ""])
    #expect(parameters.map(\.value) == ["1", "x y", "+&", "", "2", "e"])
    #expect(throws: Refusal.self) { try target("/?a=%f").parameters() }
    #expect(throws: Refusal.self) { try target("/?a=%ff").parameters() }
  }

  @Test func `a path that ends in a format asks for it`() throws {
    let asked = try #require(try target("/v1/a.csv?x=1").asking(for: "csv"))
    #expect(asked.segments == ["v1", "a"])
    #expect(asked.query == "x=1&format=csv")
    #expect(try target("/v1/.csv").asking(for: "csv") == nil)
    #expect(try target("/v1/a").asking(for: "csv") == nil)
  }
}
