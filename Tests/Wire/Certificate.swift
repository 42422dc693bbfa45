import Foundation

/// A certificate that vouches for itself, and its key: files that go with it.
public final class Certificate: Sendable {
  private let folder: URL
  public var certificate: String { folder.appending(path: "certificate.pem").path }
  public var key: String { folder.appending(path: "key.pem").path }

  public init(named name: String) throws {
    folder = try temporaryFolder()
    try renew(named: name)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Puts another one into the same files.
  public func renew(named name: String) throws {
    // Clients look for a name among these alone (RFC 9525 §6).
    let kind = name.allSatisfy { $0.isNumber || $0 == "." } ? "IP" : "DNS"
    let run = try CommandRun(
      [
        "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(kind):\(name)",
        "-keyout", key, "-out", certificate,
      ])
    guard run.status == 0 else { throw Wire.Broken(call: "openssl: \(run.output)") }
  }

  /// Puts so many further ones behind it, as if each vouched for the one before.
  public func lengthen(by count: Int) throws {
    let url = URL(fileURLWithPath: certificate)
    let one = try Data(contentsOf: url)
    try Data((0...count).map { _ in one }.joined()).write(to: url)
  }

  /// Leaves nothing of use in them.
  public func spoil() throws {
    try Data("no certificate".utf8).write(to: URL(fileURLWithPath: certificate))
  }
}
