import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Logging

// What a Swift engineer would write today: Hummingbird, GRDB with a pool of readers, Codable. It reads the
// same table of the same file, and answers the same members.

struct Credential: Codable, FetchableRecord, ResponseEncodable {
  struct Workload: Codable { var hours, hours_min, hours_max, days, modules, months: Double? }
  struct Credit: Codable { var system: String; var points: Double? }
  struct Level: Codable { var framework, level: String }
  struct Elements: Codable { var stated, of: Int; var missing: [String] }
  struct SourceReference: Codable { var id, title, publisher, date, url, locator: String? }
  struct International: Codable { var countries_count: Int }
  struct Outcome: Codable { var kind: String?; var text: [String: String]; var esco: [String]? }
  struct Body: Codable { var provider: String?; var name: [String: String]?; var joint: Bool? }
  struct Validity: Codable { var months: Int?; var renewable: Bool? }
  struct Price: Codable { var amount: Double; var currency: String }

  var id, slug: String
  var external_id, provider, kind, status: String?
  var title, description: [String: String]?
  var awarding_bodies: [Body]?
  var countries: [String]?
  var international: International?
  var sector, nace: String?
  var isced_f, occupations, languages: [String]?
  var learning_outcomes: [Outcome]?
  var workload: Workload?
  var credit: Credit?
  var levels: [Level]?
  var participation, assessment_types: [String]?
  var assessed_by, supervision: String?
  var quality_assurance_types: [String]?
  var target_groups: [String]?
  var integration: String?
  var stackable: Bool?
  var rpl_uses: [String]?
  var validity: Validity?
  var price: Price?
  var homepage: String?
  var highly_targeted, emerging_topics: Bool?
  var not_specified: [String]?
  var as_printed: [String: String]?
  var note: String?
  var source: SourceReference?
  var standard_elements: Elements
  var version, created_at, updated_at: Int64
}

private let requestID = name("X-Request-Id")

private func name(_ text: String) -> HTTPField.Name {
  guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no token.") }
  return name
}

@main
struct Peer {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let port = Int(arguments[2]) else {
      fatalError("peer DATABASE PORT FILE-WITH-THE-FIXED-ANSWER")
    }
    var configuration = Configuration()
    // As Cairn's writer has it: an answer means that the item is on disk.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    let pool = try DatabasePool(path: arguments[1], configuration: configuration)
    let fixed = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: arguments[3])))
    let router = Router()
    let run = UUID().uuidString
    router.get("/") { _, context in
      var headers: HTTPFields = [
        .contentType: "application/json", .vary: "Accept, Accept-Encoding, Authorization",
        .xContentTypeOptions: "nosniff",
        .accessControlAllowOrigin: "*",
        .accessControlExposeHeaders: "ETag, Link, Location, X-Request-Id",
      ]
      headers[requestID] = "\(run)-\(context.id)"
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: fixed))
    }
    router.get("/v1/credentials/{slug}") { _, context -> Credential in
      let slug = try context.parameters.require("slug")
      let found = try await pool.read { database in
        try Credential.fetchOne(
          database, sql: "SELECT * FROM credential WHERE slug = ? AND status <> 'draft'",
          arguments: [slug])
      }
      guard let found else { throw HTTPError(.notFound) }
      return found
    }
    router.get("/v1/credentials") { request, _ in
      try await list(Asked(request.uri.queryParameters), pool)
    }
    router.post("/v1/credentials") { request, context in
      let posted = try await request.decode(as: Posted.self, context: context)
      return EditedResponse(status: .created, response: try await post(posted, pool))
    }
    var logger = Logger(label: "peer")
    logger.logLevel = .error
    let app = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
      logger: logger)
    try await app.runService()
  }
}
