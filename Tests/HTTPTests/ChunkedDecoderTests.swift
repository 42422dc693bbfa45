import HTTP
import Testing

@Suite struct ChunkedDecoderTests {
  private func decoded(_ text: String, _ limits: Limits = Limits()) throws -> (
    body: String, used: Int, isDone: Bool
  ) {
    var decoder = ChunkedDecoder(limits, most: limits.body)
    var body: [UInt8] = []
    let used = try decoder.decode(Array(text.replacing("|", with: "\r\n").utf8).span, into: &body)
    return (String(decoding: body, as: UTF8.self), used, decoder.isDone)
  }

  @Test(arguments: [
    ("0||", ""), ("3|abc|0||", "abc"), ("3|abc|2|de|0||", "abcde"),
    ("A|0123456789|0||", "0123456789"),
    ("00003|abc|000||", "abc"), ("3;a=b;c=\"d\"|abc|0;e||", "abc"), ("3 ;a|abc|0||", "abc"),
    ("3|abc|0|X: y|Z: w||", "abc"), ("2|\r\n|0||", "\r\n"),
  ])
  func `a chunked body is put together`(text: String, body: String) throws {
    let result = try decoded(text)
    #expect(result.body == body)
    #expect(result.isDone)
    #expect(try decoded(text + "GET /").used == result.used)
  }

  @Test(arguments: [
    "g|", "|", "-3|abc|", "+3|abc|", "0x3|abc|", "3\nabc|", "3|abcd|0||", "3|abc0||", "3|abc|0\n\n",
    "3 |abc|0||",
    "3;\u{1}|abc|0||", "3|abc|0|X : y||", "3|abc|0| y||", "3 4|abc|0||",
  ])
  func `a malformed one is refused`(text: String) {
    #expect(throws: Refusal.self) { try decoded(text) }
  }

  @Test func `no size and no extension is a way around the limits`() {
    var limits = Limits()
    limits.body = 10
    limits.head = 100
    #expect(throws: Refusal.bodyTooLarge(most: 10)) { try decoded("b|01234567890|0||", limits) }
    #expect(throws: Refusal.bodyTooLarge(most: 10)) { try decoded("6|012345|6|012345|0||", limits) }
    #expect(throws: Refusal.bodyTooLarge(most: 10)) { try decoded("ffffffffffffffff|", limits) }
    #expect(throws: Refusal.headTooLarge(most: 100)) {
      try decoded("1;\(String(repeating: "x", count: 200))", limits)
    }
  }

  @Test func `cut anywhere it is the same`() throws {
    let whole = Array("3;x\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n".utf8)
    for cut in 0...whole.count {
      var decoder = ChunkedDecoder(Limits(), most: Limits().body)
      var body: [UInt8] = []
      var used = try decoder.decode(Array(whole[..<cut]).span, into: &body)
      #expect(used == cut)
      used += try decoder.decode(Array(whole[cut...]).span, into: &body)
      #expect(body == Array("abcde".utf8))
      #expect(decoder.isDone && used == whole.count)
    }
  }
}
