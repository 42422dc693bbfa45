import HTTPTypes
import Testing
import Wire

/// Credentials that have the same words in different members.
struct MetalCourses {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI(empty: false)
    fields = try api.provider("Århus Tekniske Skole").fields
    for body in Self.bodies {
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      #expect(answer.status == 201, "\(answer.text)")
    }
  }

  private static let bodies = [
    #"{"slug": "described", "title": "Metalwork", "description": {"en": "Some brazing & <b>soldering</b>", "fr": "Un peu de brasage à l'étain"}}"#,
    #"{"slug": "taught", "title": "Metal trades", "learning_outcomes": [{"text": {"en": "Choose tools"}}, {"text": {"en": "Name the risks of brazing"}}]}"#,
    #"{"slug": "long", "title": "Introduction to brazing of copper pipes"}"#,
    #"{"slug": "titled", "title": {"en": "Brazing", "da": "Lodning på kobberrør"}, "countries": ["DK"]}"#,
    #"{"slug": "awarded", "title": "Pipes", "awarding_bodies": [{"name": {"en": "Guild of Brazing"}}]}"#,
    #"{"slug": "commerce", "title": "E-commerce for crafts: 金属加工"}"#,
  ]
}
