import API
import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/dumps/") struct GetDumpTests {
  let api: TestAPI
  let dump: Dump
  private var file: String { "/v1/dumps/\(dump.name)/cairn.sqlite" }

  init() throws {
    api = try TestAPI()
    dump = try api.registry.dump(
      into: DumpFolder(path: api.dumps.path), version: "0.1.0", keeping: 3)
  }

  @Test func `dumps are listed, and found with and without the slash of a folder`() throws {
    let list = try api.get("/v1/dumps/")
    let item = try #require(list.json["items"]?.items.first)
    #expect(item["name"]?.string == dump.name)
    #expect(item["bytes"]?.number == Double(dump.files.reduce(0) { $0 + $1.bytes }))
    #expect(try api.get("/v1/dumps").body == list.body)
    let manifest = try Data(contentsOf: api.dumps.appending(path: "\(dump.name)/manifest.json"))
    for target in ["", "/", "/manifest.json"] {
      let answer = try api.get("/v1/dumps/\(dump.name)\(target)")
      #expect(answer.body == Array(manifest))
      #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
    }
    #expect(try api.get("/v1/dumps/?q=x").status == 400)
  }

  @Test func `a file comes with its length, its digest as its tag, and its date`() throws {
    let entry = try #require(dump.file("cairn.sqlite"))
    let answer = try api.get(file)
    #expect(answer.status == 200)
    #expect(answer["Content-Length"] == "\(entry.bytes)")
    #expect(answer["ETag"] == "\"\(entry.sha256)\"")
    #expect(answer["Content-Type"] == "application/vnd.sqlite3")
    #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
    let path = api.dumps.appending(path: "\(dump.name)/cairn.sqlite")
    #expect(answer.body == Array(try Data(contentsOf: path)))
    // A file that is gzip is no coding of another one.
    let lines = try api.respond(
      .get, "/v1/dumps/latest/credentials.ndjson.gz", ["Accept-Encoding": "gzip"])
    #expect(lines["Content-Encoding"] == nil)
    #expect(lines["Content-Type"] == "application/gzip")
    let head = try api.respond(.head, file)
    #expect(head.body.isEmpty && head["Content-Length"] == answer["Content-Length"])
  }

  @Test func `the latest is the same under a name that lasts, and is asked for each time`() throws {
    let answer = try api.get("/v1/dumps/latest/cairn.sqlite")
    #expect(answer["Content-Location"] == file)
    #expect(answer["Cache-Control"] == "no-cache")
    #expect(answer.body == (try api.get(file)).body)
    #expect(try api.get("/v1/dumps/latest")["Content-Location"] == "/v1/dumps/\(dump.name)/")
  }

  @Test func `whoever has the file is told so`() throws {
    let answer = try api.get(file)
    let (tag, date) = try (#require(answer["ETag"]), #require(answer["Last-Modified"]))
    for fields in [
      ["If-None-Match": tag], ["If-Modified-Since": date],
      ["If-None-Match": tag, "If-Modified-Since": "x", "Range": "bytes=0-1"],
    ] {
      let answer = try api.respond(.get, file, fields)
      #expect(answer.status == 304 && answer.body.isEmpty)
      #expect(answer["ETag"] == tag)
    }
    for fields in [
      ["If-None-Match": "\"x\"", "If-Modified-Since": date],
      ["If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"],
    ] {
      #expect(try api.respond(.get, file, fields).status == 200)
    }
    #expect(try api.respond(.get, file, ["If-Match": "\"x\""]).status == 412)
  }

  @Test func `a download that broke off goes on, and comes to the same bytes`() throws {
    let whole = try api.get(file)
    let tag = try #require(whole["ETag"])
    var bytes: [UInt8] = []
    // Pieces longer than what is read at once, and a last one that is short.
    while bytes.count < whole.body.count {
      let range = "bytes=\(bytes.count)-\(bytes.count + 299_999)"
      let part = try api.respond(.get, file, ["Range": range, "If-Range": tag])
      #expect(part.status == 206)
      let last = bytes.count + part.body.count - 1
      #expect(part["Content-Range"] == "bytes \(bytes.count)-\(last)/\(whole.body.count)")
      #expect(part["ETag"] == tag)
      bytes += part.body
    }
    #expect(bytes == whole.body)
    #expect(try api.respond(.get, file, ["Range": "bytes=0-1", "If-Range": "\"x\""]).status == 200)
    let behind = try api.respond(.get, file, ["Range": "bytes=\(bytes.count)-"])
    #expect(behind.status == 416)
    #expect(behind["Content-Range"] == "bytes */\(bytes.count)")
  }

  @Test func `only what a manifest names is served`() throws {
    try Data("hush".utf8).write(to: api.dumps.appending(path: "hush"))
    try Data("hush".utf8).write(to: api.dumps.appending(path: "\(dump.name)/hush"))
    let outside = api.dumps.appending(path: "../hush.db")
    try Data("hush".utf8).write(to: outside)
    for target in [
      "hush", "hush/manifest.json", "\(dump.name)/hush", "\(dump.name)/..",
      "\(dump.name)/%2e%2e/hush",
      "\(dump.name)/..%2Fhush", "\(dump.name)/..%2F..%2Fregistry.db", "..%2Fregistry.db/x",
      "..%2Fdumps%2F\(dump.name)/cairn.sqlite", "%2e%2e/registry.db",
      "\(dump.name)%2F/cairn.sqlite",
      "\(dump.name)/%2Fetc%2Fpasswd", ".part/x", "\(dump.name)/.", "20200101T000000Z/cairn.sqlite",
      "\(dump.name)/cairn.sqlite/", "\(dump.name)//cairn.sqlite", "/latest/cairn.sqlite",
    ] {
      let answer = try api.get("/v1/dumps/\(target)")
      #expect(!answer.text.contains("hush\""))
      #expect(answer.status == 404 || answer.text.contains("\"sequence\""), "\(target)")
      #expect(answer.body.count < 8000)
    }
    // A name that is nearly right.
    let near = try api.get("/v1/dumps/latest/credential.ndjson.gz")
    #expect(near.json["detail"]?.string?.contains("Did you mean credentials.ndjson.gz?") == true)
  }

  @Test(arguments: ["-1", "9223372036854775807", "1e3"])
  func `a manifest with sizes that no file has is none`(bytes: String) throws {
    let folder = api.dumps.appending(path: "20990101T000000Z")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let manifest = try Data(contentsOf: api.dumps.appending(path: "\(dump.name)/manifest.json"))
    let text = String(decoding: manifest, as: UTF8.self)
      .replacing(dump.name, with: "20990101T000000Z")
      .replacing(/"bytes":\d+/, with: "\"bytes\":\(bytes)")
    #expect(text.contains("\"bytes\":\(bytes)"))
    try Data(text.utf8).write(to: folder.appending(path: "manifest.json"))
    #expect(try api.get("/v1/dumps/").json["items"]?.items.count == 1)
    #expect(try api.get("/v1/dumps/20990101T000000Z/cairn.sqlite").status == 404)
    #expect(try api.get("/v1/dumps/latest/countries.csv.gz").status == 200)
  }

  @Test func `a server without dumps says that there are none`() throws {
    let api = try TestAPI()
    #expect(try api.get("/v1/dumps/").json["items"]?.items.isEmpty == true)
    #expect(try api.get("/v1/dumps/latest").status == 404)
  }
}
