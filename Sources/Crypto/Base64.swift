internal import COpenSSL

/// RFC 4648 §4, with its padding.
public enum Base64 {
  public static func encode(_ bytes: [UInt8]) -> String {
    // EVP_EncodeBlock ends with a NUL.
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text[..<Int(count)], as: UTF8.self)
  }
}
