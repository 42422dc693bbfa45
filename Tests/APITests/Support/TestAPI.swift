import API
import Asking
import Compression
import Foundation
import HTTP
import HTTPClient
import HTTPTypes
import Logging
import Registry
import Testing
import Wire

/// A registry of its own with the deck's data, asked as a client asks; every answer it gives a test is
/// held against openapi.yaml.
///
/// With CAIRN_TEST_BINARY in the environment the same questions go over a socket to that program.
final class TestAPI: Sendable {
  let registry: Registry
  let router: Router
  /// How webhooks are called.
  let outbound: Outbound
  private let api: API
  let folder: URL
  private let server: ServerProcess?
  /// Where the dumps are that it serves.
  let dumps: URL

  /// With the deck's data, or empty, or with a copy of what is in `file`; webhooks may call `hosts`.
  init(
    empty: Bool = false, of file: String? = nil, environment: Environment = .live,
    calling hosts: String = "hooks.example",
    importQuota: ImportQuota = ImportQuota()
  ) throws {
    folder = try temporaryFolder()
    dumps = folder.appending(path: "dumps")
    let path = folder.appending(path: "registry.db").path
    if !empty {
      try FileManager.default.copyItem(atPath: try file ?? Self.loaded.get(), toPath: path)
    }
    registry = try Registry(path: path, environment: environment)
    try registry.loadVocabularies()
    var settings = API.Settings(logger: Logger(label: "test"), newRequestID: Environment.live.newID)
    settings.logsAccess = false
    settings.writingOrigins = ["https://writer.example"]
    settings.dumps = try DumpFolder(path: dumps.path)
    let client = try HTTPClient(allowing: AllowList(hosts))
    outbound = Outbound(refusal: client.allowed.refusal(of:)) { url, fields, body, isStopped in
      try client.post(url, fields, body, isStopped: isStopped)
    }
    settings.outbound = outbound
    settings.importQuota = importQuota
    api = API(registry, settings, Gathering(try registry.handle()))
    router = api.router
    let binary = ProcessInfo.processInfo.environment["CAIRN_TEST_BINARY"]
    server = try binary.map { [dumps] in
      try ServerProcess(
        $0, "--database", path, "--empty", "--no-access-log", "--writing-origins",
        "https://writer.example", "--dumps", dumps.path, "--dump-at", "off", "--webhooks", hosts,
        "--import-quota",
        "rows=\(importQuota.rows.map(String.init) ?? "off")", "--import-quota",
        "at-once=\(importQuota.atOnce.map(String.init) ?? "off")")
    }
  }

  deinit {
    server?.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// False where the questions go to a program, whose clock is the system's.
  static var isInProcess: Bool { ProcessInfo.processInfo.environment["CAIRN_TEST_BINARY"] == nil }

  /// A database with the deck's data, made once.
  private static let loaded = Result {
    let path = try temporaryFolder().appending(path: "loaded.db").path
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    registry.checkpoint()
    return path
  }

  func respond(
    _ method: HTTPRequest.Method, _ target: String, _ fields: [String: String] = [:],
    _ body: String = "", at location: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    try respond(method, target, fields, bytes: Array(body.utf8), at: location)
  }

  func respond(
    _ method: HTTPRequest.Method, _ target: String, _ fields: [String: String], bytes body: [UInt8],
    at location: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    var head = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: test\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
    let bytes = Array((head + "\r\n").utf8)
    var parser = RequestParser(Limits())
    let parsed = try #require(try parser.next(in: bytes.span), sourceLocation: location)
    var request = parsed.head.request
    request.body = body
    let answer = try answer(request, bytes, isForHEAD: method == .head)
    request = api.asked(request)
    if method != .head, let route = try? router.route(&request) {
      let violations = Contract.document.violations(of: answer, to: route)
      #expect(violations.isEmpty, sourceLocation: location)
    }
    return answer
  }

  private func answer(_ request: Request, _ head: [UInt8], isForHEAD: Bool) throws -> Answer {
    if let server {
      let wire = try Wire(port: server.port)
      try wire.send(head + request.body)
      return try wire.answer(isForHEAD: isForHEAD)
    }
    let response = api.streamsBody(request) ? streamed(request) : api.answer(request)
    var bytes: [UInt8] = []
    let framing = Response.Framing(.implied, isForHEAD: isForHEAD)
    if let source = response.write(to: &bytes, date: Array("now".utf8), framing) {
      var rest = BodySource.Rest.more
      // What waits for news ends here where there is none.
      while rest == .more {
        var piece: [UInt8] = []
        rest = try source.next(&piece)
        if source.count == nil { writeChunk(piece, to: &bytes) } else { bytes += piece }
      }
      if source.count == nil { writeLastChunk(to: &bytes) }
    }
    return try #require(Answer(takenFrom: &bytes, isForHEAD: isForHEAD))
  }

  /// The body in two pieces, as a socket might bring it.
  private func streamed(_ request: Request) -> Response {
    switch api.open(request) {
    case .refused(let response): return response
    case .taken(let taker):
      let middle = request.body.count / 2
      for piece in [request.body[..<middle], request.body[middle...]] where !piece.isEmpty {
        if let refusal = taker.take(Array(piece)) { return refusal }
      }
      return taker.finish()
    }
  }

  func get(_ target: String, at location: SourceLocation = #_sourceLocation) throws -> Answer {
    try respond(.get, target, at: location)
  }

  /// The members `slug` or `code` of a list's items, in their order.
  func names(_ target: String, at location: SourceLocation = #_sourceLocation) throws -> [String] {
    let answer = try get(target, at: location)
    #expect(answer.status == 200, "\(answer.text)", sourceLocation: location)
    return answer.json["items"]?.items.compactMap { ($0["slug"] ?? $0["code"] ?? $0["id"])?.string }
      ?? []
  }

  /// What a key sends with a body.
  func writer(_ role: Key.Role = .admin) throws -> [String: String] {
    let key = try registry.createKey(role, label: nil, expiresAt: nil).key
    return ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
  }

  /// A provider that is there, and what its key sends.
  func provider(_ name: String = "Welding School", country: String = "DK") throws -> (
    slug: String, fields: [String: String]
  ) {
    let answer = try respond(
      .post, "/v1/providers", try writer(),
      #"{"name": "\#(name)", "kind": "vet_provider", "country": "\#(country)"}"#)
    let slug = try #require(answer.json["slug"]?.string)
    return (slug, try writer(.provider(slug: slug)))
  }
}

extension Answer {
  var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(body))) ?? .null }

  /// The body without its content coding.
  func inflated() throws -> [UInt8] {
    guard let coding = self["Content-Encoding"] else { return body }
    let inflater = try Inflater(coding == "gzip" ? .gzip : .zlib)
    var all: [UInt8] = []
    try inflater.each(of: body) { all += $0 }
    #expect(inflater.isDone)
    return all
  }

  /// The values of NDJSON, one a line.
  var lines: [JSON] {
    text.split(separator: "\n").map {
      (try? JSONDecoder().decode(JSON.self, from: Data($0.utf8))) ?? .null
    }
  }

  /// The places that a problem's errors name.
  var places: [String] {
    json["errors"]?.items.compactMap { ($0["pointer"] ?? $0["parameter"])?.string } ?? []
  }
}
