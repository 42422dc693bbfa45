internal import COpenSSL

/// FIPS 180-4, of bytes that come in pieces.
public struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, sha256, nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256.")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func add(_ bytes: [UInt8]) {
    let code = EVP_DigestUpdate(context, bytes, bytes.count)
    precondition(code == 1, "A digest takes any bytes.")
  }

  /// 32 bytes.
  public consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let code = EVP_DigestFinal_ex(context, &digest, nil)
    precondition(code == 1, "A digest ends.")
    return digest
  }
}
