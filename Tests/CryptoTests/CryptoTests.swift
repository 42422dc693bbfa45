import Crypto
import Testing

@Suite struct CryptoTests {
  // FIPS 180-4's examples, and the empty message.
  @Test(arguments: [
    ("", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"),
    ("abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
  ])
  func `SHA-256 of a message`(text: String, digest: String) {
    #expect(Base64URL.encode(SHA256.digest(of: Array(text.utf8))) == digest)
  }

  // RFC 4648 §10 with the alphabet of §5, unpadded.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base64url there and back`(text: String, encoded: String) {
    #expect(Base64URL.encode(Array(text.utf8)) == encoded)
    #expect(Base64URL.decode(encoded) == Array(text.utf8))
  }

  @Test(arguments: ["Z", "Zg==", "Zm+v", "Zm/v", "Zm 9", "Zh", "é"])
  func `what isn't base64url is nothing`(text: String) { #expect(Base64URL.decode(text) == nil) }

  // RFC 4231 §4.3, §4.2 and §4.7: short, long, and longer than a block.
  @Test(arguments: [
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `HMAC-SHA-256 of a message`(key: [UInt8], text: String, code: String) {
    #expect(hex(HMACSHA256.code(of: Array(text.utf8), key: key)) == code)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy"), ("~~?", "fn4/"),
  ])
  func `base64 has its padding`(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }

  @Test func `random bytes are as many as asked for, and not the same twice`() throws {
    #expect(try SystemRandom.bytes(32).count == 32)
    let (one, other) = (try SystemRandom.bytes(32), try SystemRandom.bytes(32))
    #expect(one != other)
  }
}
