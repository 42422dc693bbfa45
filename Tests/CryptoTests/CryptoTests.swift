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

  @Test func `random bytes are as many as asked for, and not the same twice`() throws {
    #expect(try SystemRandom.bytes(32).count == 32)
    let (one, other) = (try SystemRandom.bytes(32), try SystemRandom.bytes(32))
    #expect(one != other)
  }
}
