import API
import Asking
import Foundation
import HTTP
import HTTPTypes
import Logging
import Registry
import Synchronization
import Testing
import Wire

/// Writes that wait for one another, and share a commit.
@Suite final class GatheringTests {
  private let folder: URL
  private let registry: Registry
  private let api: API
  /// Behind each commit.
  private let gate = Gate()
  /// Where a write that has begun asks for the time.
  private let midway = Gate()

  /// Holds up the next who passes once it is closed, until it is opened.
  private final class Gate: Sendable {
    let passed = Mutex(0)
    let isClosed = Atomic(false)
    let arrived = DispatchSemaphore(value: 0)
    let opened = DispatchSemaphore(value: 0)

    func pass() {
      passed.withLock { $0 += 1 }
      guard isClosed.exchange(false, ordering: .relaxed) else { return }
      arrived.signal()
      _ = opened.wait(timeout: .now() + 20)
    }
  }

  init() throws {
    folder = try temporaryFolder()
    var environment = Environment.live
    environment.wrote = gate.pass
    environment.now = { [midway] in
      midway.pass()
      return Instant.current()
    }
    registry = try Registry(
      path: folder.appending(path: "registry.db").path, environment: environment)
    try registry.loadOwnData()
    let settings = API.Settings(logger: Logger(label: "test"), newRequestID: Environment.live.newID)
    api = API(registry, settings, Gathering(try registry.handle(), patience: .seconds(20)))
  }

  private var commits: Int { gate.passed.withLock { $0 } }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func key(_ role: Key.Role = .admin) throws -> (secret: String, id: String) {
    let (secret, id) = try registry.createKey(role, label: nil, expiresAt: nil)
    return (secret, id)
  }

  private func request(_ method: String, _ target: String, _ key: String, _ body: String) throws
    -> Request
  {
    let head = """
      \(method) \(target) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r
      Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n
      """
    var parser = RequestParser(Limits())
    var request = try #require(try parser.next(in: Array(head.utf8).span)).head.request
    request.body = Array(body.utf8)
    return request
  }

  /// A credential on its way, whose first step is taken; what it is answered comes later.
  private func post(_ title: String, _ key: String, _ more: String = "") throws -> Coming {
    try send("POST", "/v1/credentials", key, #"{"title": "\#(title)"\#(more)}"#)
  }

  private func send(
    _ method: String, _ target: String, _ key: String, _ body: String
  ) throws -> Coming {
    let coming = Coming()
    let request = try request(method, target, key, body)
    api.batchBegan()
    let reply = api.reply(request) { { coming.tell($0()) } }
    api.batchEnded()
    guard case .later = reply else { throw Unexpected() }
    return coming
  }

  private struct Unexpected: Error {}

  private final class Coming: Sendable {
    private let response = Mutex<Response?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func tell(_ answer: Response) {
      response.withLock { $0 = answer }
      isThere.signal()
    }

    func get() throws -> Response {
      #expect(isThere.wait(timeout: .now() + 20) == .success)
      isThere.signal()
      return try #require(response.withLock { $0 })
    }

    func text() throws -> String {
      guard case .bytes(let bytes) = try get().body else { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Runs `meanwhile` while a first write is held up behind its commit.
  private func held<T>(_ key: String, _ meanwhile: () throws -> T) throws -> T {
    gate.isClosed.store(true, ordering: .relaxed)
    let first = try post("First", key)
    #expect(gate.arrived.wait(timeout: .now() + 20) == .success)
    let result = try meanwhile()
    gate.opened.signal()
    #expect(try first.get().status == .created)
    return result
  }

  @Test func `one that comes alone waits for nobody, and those that come meanwhile share a commit`()
    throws
  {
    let key = try key().secret
    let before = commits
    let coming = try held(key) {
      let coming = try (1...7).map { try post("Next \($0)", key) }
      // Nobody who reads waits with them.
      #expect(api.answer(try request("GET", "/v1/credentials/first", key, "")).status == .ok)
      return coming
    }
    for (number, one) in coming.enumerated() {
      #expect(try one.get().status == .created)
      #expect(try one.text().contains(#""slug":"next-\#(number + 1)""#))
    }
    #expect(commits == before + 2)
  }

  @Test func `those that come while others are being written share their commit`() throws {
    let key = try key().secret
    let before = commits
    let second = try held(key) {
      defer { midway.isClosed.store(true, ordering: .relaxed) }
      return try post("Second", key)
    }
    #expect(midway.arrived.wait(timeout: .now() + 20) == .success)
    let others = try (3...5).map { try post("Number \($0)", key) }
    midway.opened.signal()
    for one in [second] + others { #expect(try one.get().status == .created) }
    #expect(commits == before + 2)
  }

  @Test func `those that were answered together and come again soon share a commit`() throws {
    let key = try key().secret
    let pair = try held(key) {
      defer { gate.isClosed.store(true, ordering: .relaxed) }
      return try (1...2).map { try post("Pair \($0)", key) }
    }
    #expect(gate.arrived.wait(timeout: .now() + 20) == .success)
    // So long a commit has the next group wait half a second for the second of the two.
    Thread.sleep(forTimeInterval: 1)
    gate.opened.signal()
    for one in pair { #expect(try one.get().status == .created) }
    let before = commits
    let first = try post("Again", key)
    // It has been written by then, and its group waits.
    Thread.sleep(forTimeInterval: 0.02)
    let second = try post("And again", key)
    for one in [first, second] { #expect(try one.get().status == .created) }
    #expect(commits == before + 1)
  }

  @Test func `whoever comes after a crowd is answered, though nobody else comes`() throws {
    let key = try key().secret
    var number = 0
    for size in [5, 1, 1, 4, 2, 1, 3, 1] + Array(repeating: 2, count: 30) {
      let crowd = try (1...size).map { _ in
        number += 1
        return try post("Number \(number)", key)
      }
      for one in crowd { #expect(try one.get().status == .created) }
    }
  }

  @Test func `one that is refused takes back nothing but itself`() throws {
    let key = try key().secret
    let (good, bad, twin) = try held(key) {
      (
        try post("Good", key), try post("Bad", key, #", "sector": "none""#),
        try post("Twin", key, #", "slug": "first""#)
      )
    }
    #expect(try good.get().status == .created)
    #expect(try bad.get().status == .unprocessableContent)
    #expect(try twin.get().status == .conflict)
  }

  @Test func `a key that is revoked while its write waits writes nothing`() throws {
    let admin = try key().secret
    let revoked = try key()
    let coming = try held(admin) {
      let coming = try post("Too late", revoked.secret)
      try registry.revokeKey(revoked.id)
      return coming
    }
    #expect(try coming.get().status == .unauthorized)
    #expect(
      api.answer(try request("GET", "/v1/credentials/too-late", admin, "")).status == .notFound)
  }

  @Test
  func
    `a provider that is merged while a credential of it waits has the credential by its new name`()
    throws
  {
    let key = try key().secret
    for name in ["Old", "New"] {
      let body = #"{"name": "\#(name)", "kind": "vet_provider", "country": "DK"}"#
      #expect(
        api.answer(try request("POST", "/v1/providers", key, body)).status == .created)
    }
    // The merge and those behind it are one group.
    let (merged, coming) = try held(key) {
      let body = #"{"into": "new"}"#
      return (
        try send("POST", "/v1/providers/old:merge", key, body),
        try post("Waiting", key, #", "provider": "old""#)
      )
    }
    #expect(try merged.get().status == .ok)
    #expect(try coming.get().status == .created)
    #expect(try coming.text().contains(#""provider":"new""#))
  }
}
