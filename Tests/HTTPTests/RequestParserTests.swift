import HTTP
import HTTPTypes
import Testing

@Suite struct RequestParserTests {
  private func head(_ text: String, isSecure: Bool = false) throws -> RequestHead? {
    var parser = RequestParser(Limits(), isSecure: isSecure)
    return try parser.next(in: Array(text.utf8).span)?.head
  }

  @Test func `field names have no case, and several lines are one list`() throws {
    let text = "GET / HTTP/1.1\r\nhost: a\r\nACCEPT: x\r\naccept:y \r\n\r\n"
    let request = try #require(try head(text)).request
    #expect(request[.accept] == "x, y")
    #expect(request.fields.count(.accept) == 2)
    #expect(request[.range] == nil)
  }

  @Test func `an https target is taken where TLS brings it`() throws {
    let text = "GET https://a/b HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(try head(text, isSecure: true)?.request.target.segments == ["b"])
    #expect(throws: Refusal.misdirected) { try head(text) }
  }
}
