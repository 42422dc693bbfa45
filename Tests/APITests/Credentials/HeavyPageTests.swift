import HTTPTypes
import Testing
import Wire

/// Lists of items that are as large as a body may make them.
@Suite struct HeavyPageTests {
  let api: TestAPI

  /// Fourteen credentials that tell what they teach, each in 700 KB.
  init() throws {
    api = try TestAPI()
    let fields = try api.provider().fields
    let outcomes = (1...175).map { #"{"text": "\#($0)\#(String(repeating: "a", count: 4000))"}"# }
      .joined(separator: ", ")
    for letter in "abcdefghijklmn" {
      let item = #"{"title": "Heaviness \#(letter)", "learning_outcomes": [\#(outcomes)]}"#
      #expect(try api.respond(.post, "/v1/credentials", fields, item).status == 201)
    }
  }

  @Test(arguments: [
    "provider=welding-school", "provider=welding-school&sort=-title", "q=heaviness",
    "provider=welding-school&sort=title&format=ndjson",
    "provider=welding-school&format=csv&fields=id,slug,learning_outcomes",
  ])
  func `a page ends at 8 MiB before its limit, and the next one goes on`(query: String) throws {
    var slugs: [String] = []
    var target: String? = "/v1/credentials?\(query)&limit=1000"
    var count = 0
    while let page = target {
      let answer = try api.get(page)
      // A page isn't cut within an item.
      #expect(answer.status == 200 && answer.body.count < 8 << 20 + 800_000)
      slugs += answer.text.matches(of: /heaviness-[a-n]/).map { String($0.0) }
      target = answer.next
      count += 1
    }
    #expect(count == 2)
    #expect(slugs.sorted() == "abcdefghijklmn".map { "heaviness-\($0)" })
  }

  @Test(arguments: ["ndjson", "csv"])
  func `whole exports have them all`(format: String) throws {
    let text = try api.get(
      "/v1/credentials?q=heaviness&fields=slug,learning_outcomes&format=\(format)"
    ).text
    #expect(text.matches(of: /heaviness-[a-n]/).count == 14)
  }
}
