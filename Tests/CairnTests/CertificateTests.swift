import Foundation
import Testing
import Wire

@Suite struct CertificateTests {
  private let database: String

  init() throws {
    database = try temporaryFolder().appending(path: "registry.db").path
  }

  @Test func `on SIGHUP the certificate is read again, and no connection is dropped`() throws {
    let files = try Certificate(named: "first")
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--tls-cert", files.certificate, "--tls-key",
      files.key, withLog: true)
    defer { server.stop() }
    func subject() throws -> String {
      let tls = try TLSClient()
      _ = try Wire(port: server.port, tls: tls)
      return tls.subject
    }
    func isAlive(_ wire: Wire) throws -> Bool {
      try wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      return try wire.answer().status == 200
    }
    let old = try Wire(port: server.port, tls: TLSClient())
    #expect(try isAlive(old))
    // In two days.
    let end = Date.now.addingTimeInterval(2 * 86_400)
    #expect(server.says("warning cairn: at=\(end.formatted(.iso8601).prefix(10))"))
    try old.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
    let name = "\ncairn_tls_certificate_end_seconds "
    let told = try #require(try old.answer().text.split(separator: name).last)
    let seconds = try #require(Double(told.prefix { $0 != "\n" }))
    #expect(abs(seconds - end.timeIntervalSince1970) < 600)
    #expect(try subject() == "/CN=first")
    try files.renew(named: "second")
    server.hangUp()
    #expect(server.says("certificate read again"))
    #expect(try subject() == "/CN=second")
    try files.spoil()
    server.hangUp()
    #expect(server.says("the old one stays"))
    #expect(try subject() == "/CN=second")
    #expect(try isAlive(old))
  }
}
