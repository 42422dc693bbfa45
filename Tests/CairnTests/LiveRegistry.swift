import Foundation
import Testing
import Wire

/// A server whose changes are followed while they are made.
struct LiveRegistry {
  private let database: String
  let server: ServerProcess
  private let key: String

  /// Empty, or with the deck's data; followers are told at least every so many seconds that it is there.
  ///
  /// Of a file of its own, or of `file`.
  init(empty: Bool, pulse seconds: Int = 15, of file: String? = nil) throws {
    database = try file ?? temporaryFolder().appending(path: "registry.db").path
    key = try adminKey(database)
    let pulse = "pulse-seconds=\(seconds)"
    server =
      empty
      ? try ServerProcess(
        builtCairn, "--database", database, "--no-access-log", "--limit", pulse, "--empty")
      : try ServerProcess(builtCairn, "--database", database, "--no-access-log", "--limit", pulse)
  }

  /// What event ids have behind the number.
  var feed: String {
    get throws {
      let text = try server.get("/v1/changes").text
      return try String(#require(text.firstMatch(of: /"feed":"([0-9a-f]+)"/)).1)
    }
  }

  func follow(_ query: String = "", _ fields: String = "") throws -> Wire {
    let wire = try Wire(port: server.port)
    try wire.send(
      "GET /v1/changes\(query) HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\(fields)\r\n")
    try wire.read(until: "\r\n\r\n")
    return wire
  }

  func follow(as key: String) throws -> Wire {
    try follow("", "Authorization: Bearer \(key)\r\n")
  }

  /// Writes what `path` is told, as the admin or by another key.
  func write(
    _ path: String, _ body: String, method: String = "POST", by other: String? = nil
  ) throws {
    let wire = try Wire(port: server.port)
    try wire.send(
      """
      \(method) /v1/\(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(other ?? key)\r\n\
      Content-Type: application/json\r\nIf-Match: *\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
      """)
    // What waits for a change that isn't made waits for ever.
    try #require(try wire.answer().status < 300)
  }

  func post(_ name: String) throws {
    try write("providers", #"{"name": "\#(name)"}"#)
  }

  /// A new key of a provider, and its id.
  func providerKey(_ slug: String) throws -> (secret: String, id: String) {
    let secret = try cairn(
      "key", "create", "--role", "provider", "--provider", slug, "--database", database
    ).output.trimmingCharacters(in: .newlines)
    let list = try cairn("key", "list", "--database", database).output
    let last = list.split(separator: "\n").last?.split(separator: "\t").first
    return (secret, try String(#require(last)))
  }

  /// Ends a key, as whoever runs the registry does.
  func revoke(_ id: String) throws {
    try #require(try cairn("key", "revoke", id, "--database", database).status == 0)
  }
}
