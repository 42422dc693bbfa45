internal import COpenSSL

/// Why libcrypto didn't do what it was asked.
public enum CryptoError: Error, Equatable, Sendable {
  case noRandomness
}

public enum SystemRandom {
  /// That many bytes nobody can guess.
  public static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .noRandomness }
    return bytes
  }
}
