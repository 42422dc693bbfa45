import HTTPClient
import Synchronization
import Testing
import Wire

/// What is said over real sockets, and to whom.
@Suite(.serialized) struct PostTests {
  private static let one = Address("127.0.0.1").map { [$0] } ?? []

  private func client(
    _ list: String, trusting certificate: Certificate? = nil, within milliseconds: Int64 = 15_000,
    addresses: @escaping @Sendable (String) -> [Address] = { _ in PostTests.one }
  ) throws -> HTTPClient {
    var times = HTTPClient.Times()
    times.whole = milliseconds
    return try HTTPClient(
      allowing: AllowList(list), authorities: certificate?.certificate, times: times,
      addresses: addresses)
  }

  @Test(arguments: [200, 204, 301, 302, 307, 404, 410, 429, 500, 503])
  func `the answer is its status, and no redirection is followed`(status: Int) throws {
    let receiver = try Receiver { _ in
      .status(status, location: "http://127.0.0.1/elsewhere")
    }
    let client = try client("127.0.0.1:\(receiver.port)")
    let url = "http://127.0.0.1:\(receiver.port)/hook?a=b"
    #expect(try client.post(url, [("webhook-id", "1")], Array("{\"a\":1}".utf8)) == status)
    #expect(receiver.all.count == 1)
    let heard = try #require(receiver.all.first)
    #expect(heard.target == "/hook?a=b")
    #expect(heard.text == "{\"a\":1}")
    #expect(heard.fields["host"] == "127.0.0.1:\(receiver.port)")
    #expect(heard.fields["webhook-id"] == "1")
    #expect(heard.fields["connection"] == "close")
  }

  @Test(arguments: [
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\nHTTP/1.1 201 Made\r\n\r\n",
    "HTTP/1.0 201 Made\r\n\r\n", "HTTP/1.1 201\r\nContent-Length: 1000000\r\n\r\n",
  ])
  func `a final status is waited for, and a body isn't`(text: String) throws {
    let receiver = try Receiver { _ in .bytes(text) }
    let client = try client("127.0.0.1:\(receiver.port)")
    #expect(try client.post("http://127.0.0.1:\(receiver.port)/", [], []) == 201)
  }

  @Test(arguments: [
    "", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK",
    "HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: 40_000) + "\r\n\r\n",
  ])
  func `what isn't an answer, or is too much of one, is none`(text: String) throws {
    let receiver = try Receiver { _ in .bytes(text) }
    let client = try client("127.0.0.1:\(receiver.port)")
    #expect(throws: CallError.noAnswer) {
      try client.post("http://127.0.0.1:\(receiver.port)/", [], [])
    }
  }

  @Test func `who doesn't answer is waited for so long and no longer`() throws {
    let receiver = try Receiver { _ in .silence }
    let client = try client("127.0.0.1:\(receiver.port)", within: 300)
    #expect(throws: CallError.tooLate) {
      try client.post("http://127.0.0.1:\(receiver.port)/", [], [])
    }
  }

  @Test func `a call ends soon after whoever wanted it wants it no more`() throws {
    let receiver = try Receiver { _ in .silence }
    let client = try client("127.0.0.1:\(receiver.port)")
    let asked = Atomic(0)
    #expect(throws: CallError.stopped) {
      try client.post("http://127.0.0.1:\(receiver.port)/", [], []) {
        asked.add(1, ordering: .relaxed).newValue > 3
      }
    }
  }

  @Test func `nobody there is no connection, and no name no address`() throws {
    let port = try Receiver { _ in .silence }.port
    #expect(throws: CallError.noConnection) {
      try client("127.0.0.1:\(port)").post("http://127.0.0.1:\(port)/", [], [])
    }
    #expect(throws: CallError.unknownHost) {
      try client("none.example", addresses: { _ in [] }).post("https://none.example/", [], [])
    }
  }

  @Test(arguments: ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"])
  func `a name that leads inside is called nowhere, unless the list says that address`(
    inside: String
  ) throws {
    let address = try #require(Address(inside))
    #expect(throws: CallError.privateAddress) {
      try client("rebind.example", addresses: { _ in [address] })
        .post("https://rebind.example/", [], [])
    }
    #expect(throws: CallError.privateAddress) {
      try client("rebind.example=10.9.9.9", addresses: { _ in [address] })
        .post("https://rebind.example/", [], [])
    }
  }

  @Test func `what isn't on the list isn't even resolved`() throws {
    let client = try client("hooks.example", addresses: { _ in fatalError("It was asked for.") })
    #expect(throws: CallError.self) { try client.post("https://other.example/", [], []) }
  }

  @Test func `with TLS the certificate is the host's own, by name`() throws {
    let certificate = try Certificate(named: "hooks.example")
    let receiver = try Receiver(tls: certificate) { _ in .status(204) }
    let here = "=127.0.0.1"
    let list = [
      "hooks.example:\(receiver.port)\(here)", "other.example:\(receiver.port)\(here)",
      "127.0.0.1:\(receiver.port)",
    ].joined(separator: ",")
    let trusting = try client(list, trusting: certificate)
    #expect(
      try trusting.post("https://hooks.example:\(receiver.port)/", [], Array("a".utf8)) == 204)
    #expect(receiver.all.map(\.text) == ["a"])
    for host in ["other.example", "127.0.0.1"] {
      #expect {
        try trusting.post("https://\(host):\(receiver.port)/", [], Array("a".utf8))
      } throws: {
        "\($0)".contains("mismatch")
      }
    }
    #expect {
      try client(list).post("https://hooks.example:\(receiver.port)/", [], Array("a".utf8))
    } throws: {
      "\($0)".contains("self-signed")
    }
    #expect(receiver.all.count == 1)
  }

  @Test func `an address may be what a certificate names`() throws {
    let certificate = try Certificate(named: "127.0.0.1")
    let receiver = try Receiver(tls: certificate) { _ in .status(200) }
    let client = try client("127.0.0.1:\(receiver.port)", trusting: certificate)
    #expect(try client.post("https://127.0.0.1:\(receiver.port)/", [], []) == 200)
  }

  @Test func `https to who speaks none fails, and says nothing in clear`() throws {
    let receiver = try Receiver { _ in .status(200) }
    let client = try client("127.0.0.1:\(receiver.port)", within: 2000)
    #expect(throws: CallError.self) {
      try client.post("https://127.0.0.1:\(receiver.port)/", [], Array("secret".utf8))
    }
    #expect(receiver.all.isEmpty)
  }
}
