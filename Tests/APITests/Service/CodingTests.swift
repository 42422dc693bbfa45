import Compression
import HTTPTypes
import Testing
import Wire

/// Content codings: RFC 9110 §8.4, §12.5.3.
@Suite struct CodingTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func get(_ target: String, _ fields: [String: String]) throws -> Answer {
    try api.respond(.get, target, fields)
  }

  @Test(arguments: [
    ("gzip", "gzip"), ("GZIP", "gzip"), ("x-gzip", "gzip"), ("deflate", "deflate"),
    ("deflate, gzip", "gzip"), ("gzip;q=0.5, deflate;q=0.8", "deflate"), ("*", "gzip"),
    ("gzip;q=0, *", "deflate"), ("br, zstd", nil), ("gzip;q=0", nil), ("", nil), ("identity", nil),
    ("gzip;q=0.5, identity", nil), ("gzip;q=2", nil), (nil, nil),
  ])
  func `the coding is the one that the client likes best`(accepted: String?, coding: String?) throws
  {
    let plain = try get("/v1/countries?limit=20", [:])
    let answer = try get("/v1/countries?limit=20", accepted.map { ["Accept-Encoding": $0] } ?? [:])
    #expect(answer["Content-Encoding"] == coding)
    #expect(answer["Vary"]?.contains("Accept-Encoding") == true)
    if coding == nil {
      #expect(answer.body == plain.body)
    } else {
      #expect(answer.body.count < plain.body.count)
      #expect(try answer.inflated() == plain.body)
    }
  }

  @Test func `each coding has its own tag, and each tag its own 304`() throws {
    let target = "/v1/countries/IE"
    let plain = try get(target, [:])
    let packed = try get(target, ["Accept-Encoding": "gzip"])
    let (plainTag, packedTag) = (try #require(plain["ETag"]), try #require(packed["ETag"]))
    #expect(plainTag != packedTag)
    for (tag, accepted, status) in [
      (plainTag, "identity", 304), (packedTag, "gzip", 304), (plainTag, "gzip", 200),
      (packedTag, "identity", 200),
    ] {
      let answer = try get(target, ["If-None-Match": tag, "Accept-Encoding": accepted])
      #expect(answer.status == status, "\(tag) \(accepted)")
      #expect(answer["ETag"] == (accepted == "gzip" ? packedTag : plainTag))
      if status == 304 { #expect(answer["Content-Encoding"] == nil && answer.body.isEmpty) }
    }
  }

  @Test func `what came compressed can be changed by its tag`() throws {
    let (slug, fields) = try api.provider()
    let description = String(repeating: "Welding. ", count: 200)
    let made = try api.respond(
      .post, "/v1/credentials", fields, #"{"title": "TIG", "description": "\#(description)"}"#)
    let target = try #require(made["Location"])
    let tag = try #require(try get(target, ["Accept-Encoding": "gzip"])["ETag"])
    #expect(tag == "\"1-gzip\"")
    let patched = try api.respond(
      .patch, target, fields.merging(["If-Match": tag]) { $1 }, #"{"provider": "\#(slug)"}"#)
    #expect(patched.status == 200)
  }

  @Test func `what is small goes as it is`() throws {
    let answer = try get("/v1/sectors/C", ["Accept-Encoding": "gzip"])
    #expect(answer["Content-Encoding"] == nil)
  }

  @Test func `a stream is compressed as it goes`() throws {
    let plain = try get("/v1/countries.ndjson", [:])
    let packed = try get("/v1/countries.ndjson", ["Accept-Encoding": "gzip"])
    #expect(packed["Content-Encoding"] == "gzip")
    #expect(try packed.inflated() == plain.body)
  }

  private func post(_ body: [UInt8], _ coding: String, by fields: [String: String]) throws -> Answer
  {
    try api.respond(
      .post, "/v1/credentials", fields.merging(["Content-Encoding": coding]) { $1 }, bytes: body)
  }

  @Test func `what is posted may be compressed`() throws {
    let fields = try api.provider().fields
    var body: [UInt8] = []
    try Deflater(.gzip).append(Array(#"{"title": "TIG"}"#.utf8), to: &body, isLast: true)
    #expect(try post(body, "gzip", by: fields).status == 201)
    #expect(try post(Array(body.dropLast()), "gzip", by: fields).status == 400)
    #expect(try post(body + [0], "gzip", by: fields).status == 400)
    #expect(try post(Array("{}".utf8), "x-gzip", by: fields).status == 400)
    let unknown = try post(body, "br", by: fields)
    #expect(unknown.status == 415)
    #expect(unknown["Accept-Encoding"] == "gzip, deflate")
    #expect(try post(Array(#"{"title": "MIG"}"#.utf8), "identity", by: fields).status == 201)
  }

  @Test func `a little that stands for too much is refused`() throws {
    var body: [UInt8] = []
    try Deflater(.gzip).append([UInt8](repeating: 32, count: 100 << 20), to: &body, isLast: true)
    #expect(body.count < 1 << 20)
    #expect(try post(body, "gzip", by: try api.provider().fields).status == 413)
  }
}
