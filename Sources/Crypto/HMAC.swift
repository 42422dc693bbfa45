internal import COpenSSL

/// RFC 2104 with SHA-256.
public enum HMACSHA256 {
  /// 32 bytes.
  public static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 32)
    let result = HMAC(
      EVP_sha256(), key, Int32(key.count), message, message.count, &code, nil)
    precondition(result != nil, "libcrypto has no HMAC.")
    return code
  }
}
