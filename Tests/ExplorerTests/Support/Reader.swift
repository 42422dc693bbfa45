import API
import Asking
import Explorer
import Foundation
import HTTP
import HTTPTypes
import Logging
import Registry
import Testing
import Wire

/// Somebody with a browser, at a registry of their own with the deck's data.
final class Reader: Sendable {
  let registry: Registry
  let api: API
  private let folder: URL

  init() throws {
    folder = try temporaryFolder()
    let path = folder.appending(path: "registry.db").path
    try FileManager.default.copyItem(atPath: try Self.loaded.get(), toPath: path)
    registry = try Registry(path: path)
    var settings = API.Settings(logger: Logger(label: "test"), newRequestID: Environment.live.newID)
    settings.logsAccess = false
    api = API(registry, settings, Gathering(try registry.handle())) { ask in
      Explorer.pages(.init(origin: "https://cairn.example"), asking: ask)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A database with the deck's data, made once.
  private static let loaded = Result {
    let path = try temporaryFolder().appending(path: "loaded.db").path
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    registry.checkpoint()
    return path
  }

  /// What a browser gets, that likes HTML best and asks for English unless `fields` say otherwise.
  func get(_ target: String, _ fields: [String: String] = [:]) throws -> Answer {
    try respond(.get, target, fields)
  }

  func respond(
    _ method: HTTPRequest.Method, _ target: String, _ fields: [String: String] = [:],
    _ body: String = ""
  ) throws -> Answer {
    let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"]
    var head = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: test\r\n"
    for (name, value) in browser.merging(fields, uniquingKeysWith: { $1 }) {
      head += "\(name): \(value)\r\n"
    }
    if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = Array((head + "\r\n").utf8)
    var parser = RequestParser(Limits())
    let parsed = try #require(try parser.next(in: bytes.span))
    var request = parsed.head.request
    request.body = Array(body.utf8)
    let response = api.answer(request)
    var output: [UInt8] = []
    if let source = response.write(to: &output, date: Array("now".utf8), Response.Framing(.implied))
    {
      try take(source, to: &output)
    }
    return try #require(Answer(takenFrom: &output, isForHEAD: false))
  }

  private func take(_ source: BodySource, to output: inout [UInt8]) throws {
    var rest = BodySource.Rest.more
    while case .more = rest {
      var piece: [UInt8] = []
      rest = try source.next(&piece)
      writeChunk(piece, to: &output)
    }
    writeLastChunk(to: &output)
  }

  /// What a key sends with a body, to fill the registry through the API.
  func writer() throws -> [String: String] {
    let key = try registry.createKey(.admin, label: nil, expiresAt: nil).key
    return ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
  }
}
