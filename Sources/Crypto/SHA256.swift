internal import COpenSSL

/// FIPS 180-4.
public enum SHA256 {
  /// 32 bytes.
  public static func digest(of bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let code = EVP_Digest(bytes, bytes.count, &digest, nil, sha256, nil)
    precondition(code == 1, "libcrypto has no SHA-256.")
    return digest
  }
}

/// Fetched once: the algorithm that `EVP_sha256()` names is looked for each time.
nonisolated(unsafe) let sha256 = EVP_MD_fetch(nil, "SHA2-256", nil)
