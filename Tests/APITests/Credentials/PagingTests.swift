import Foundation
import HTTPTypes
import Testing
import Wire

@Suite("pages of /v1/credentials while others write") struct PagingTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.provider().fields
    for number in 1...20 { try create("Course \(number % 7)", hours: number % 5) }
  }

  private func create(_ title: String, hours: Int) throws {
    let workload = hours == 0 ? "null" : #"{"hours": \#(hours)}"#
    let answer = try api.respond(
      .post, "/v1/credentials", fields,
      #"{"title": "\#(title)", "workload": \#(workload), "price": {"amount": \#(hours), "currency": "EUR"}}"#
    )
    #expect(answer.status == 201, "\(answer.text)")
  }

  private func page(_ target: String) throws -> (slugs: [String], next: String?) {
    let answer = try api.get(target)
    #expect(answer.status == 200, "\(answer.text)")
    let slugs = answer.json["items"]?.items.compactMap { $0["slug"]?.string } ?? []
    return (slugs, answer.next)
  }

  @Test(arguments: ["", "&sort=title", "&sort=-title", "&sort=-workload", "&sort=workload,-price"])
  func `no item comes twice, and none that stays is lost`(sort: String) throws {
    let list = "/v1/credentials?provider=welding-school&fields=slug\(sort)"
    var staying = Set(try page(list).slugs)
    var seen: [String] = []
    var target: String? = list + "&limit=3"
    var step = 0
    while let next = target, step < 30 {
      let (slugs, following) = try page(next)
      seen += slugs
      target = following
      step += 1
      // Before the place where the page ended, behind it, and on it.
      try create("Course \(step % 7)", hours: step % 5)
      let gone = step.isMultiple(of: 2) ? seen.last : staying.subtracting(seen).min()
      if let gone, staying.count > 12 {
        staying.remove(gone)
        let answer = try api.respond(
          .delete, "/v1/credentials/\(gone)", fields.merging(["If-Match": "*"]) { $1 })
        #expect(answer.status == 200)
      }
      if let kept = seen.first {
        _ = try api.respond(
          .patch, "/v1/credentials/\(kept)", fields.merging(["If-Match": "*"]) { $1 },
          #"{"note": "step \#(step)"}"#)
      }
    }
    #expect(target == nil, "The pages came to an end.")
    #expect(Set(seen).count == seen.count)
    #expect(staying.isSubset(of: seen))
  }

  @Test(arguments: [
    #"["",9223372036854775807]"#, #"["",-9223372036854775808]"#, #"["",null]"#, #"["","1"]"#,
    #"["",1.5]"#, #"["q",0,9223372036854775807,null,1]"#, #"["q",0,1,null,9223372036854775807]"#,
    #"["q",0,-1,null,-9223372036854775808]"#,
  ])
  func `a cursor that names no row is refused`(cursor: String) throws {
    let text = Data(cursor.utf8).base64EncodedString().filter { $0 != "=" }
    let words = cursor.contains("q") ? "q=course&" : ""
    let answer = try api.get("/v1/credentials?\(words)cursor=\(text)")
    #expect(answer.status == 400)
    #expect(answer.json["errors"]?.items.first?["parameter"] == "cursor")
  }
}
