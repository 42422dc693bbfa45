import API
import Compression
import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

// A registry's dumps, as tests make them and look into them.

extension TestAPI {
  @discardableResult
  func dump() throws -> Dump {
    try registry.dump(into: DumpFolder(path: dumps.path), version: "0.1.0", keeping: 3)
  }

  func bytes(_ file: String, of dump: Dump) throws -> [UInt8] {
    Array(try Data(contentsOf: dumps.appending(path: "\(dump.name)/\(file)")))
  }

  func inflated(_ file: String, of dump: Dump) throws -> [UInt8] {
    let inflater = try Inflater(.gzip)
    var all: [UInt8] = []
    try inflater.each(of: bytes(file, of: dump)) { all += $0 }
    #expect(inflater.isDone)
    return all
  }

  @discardableResult
  func write(
    _ method: HTTPRequest.Method, _ target: String, _ body: String, _ fields: [String: String]
  ) throws -> Answer {
    let fields = fields.merging(method == .post ? [:] : ["If-Match": "*"]) { $1 }
    let answer = try respond(method, target, fields, body)
    #expect(answer.status < 300, "\(answer.text)")
    return answer
  }
}
