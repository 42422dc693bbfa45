import Foundation
import HTTPTypes
import JSON
import Testing
import Wire

@testable import Explorer

@Suite("/docs") struct ReferenceTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `every operation has its page, with a field for each parameter`() throws {
    let index = try reader.get("/docs").text
    #expect(Description.own.operations.count > 60)
    for operation in Description.own.operations {
      #expect(index.contains("href=\"/docs/reference/\(operation.id)\""), "\(operation.id)")
      let page = try reader.get("/docs/reference/\(operation.id)")
      #expect(page.status == 200, "\(operation.id)")
      for parameter in operation.content["parameters"]?.items ?? [] {
        let name = try #require(Description.own.resolved(parameter)["name"]?.string)
        #expect(page.text.contains("name=\"\(name)\""), "\(operation.id) \(name)")
      }
    }
  }

  @Test func `the names in a path are fields that must be filled in`() throws {
    let page = try reader.get("/docs/reference/getCredential").text
    #expect(page.contains("name=\"slug\" data-in=\"path\""))
    #expect(page.contains("data-in=\"path\" placeholder=\"\" aria-describedby=\"d-slug\" required"))
  }

  @Test func `a schema that an operation names has its page`() throws {
    let operation = try reader.get("/docs/reference/createCredential").text
    #expect(operation.contains("href=\"/docs/schemas/CredentialInput\""))
    let page = try reader.get("/docs/schemas/CredentialInput").text
    #expect(page.contains("<code>learning_outcomes</code>"))
  }

  @Test(arguments: ["/docs/reference/none", "/docs/schemas/none"])
  func `what isn't described is a 404`(path: String) throws {
    #expect(try reader.get(path).status == 404)
  }

  @Test(arguments: Language.allCases)
  func `what the analysts' guide has curl ask is answered`(language: Language) throws {
    let guide = Guide.analysts.content(in: language, at: "https://cairn.example").markup
    let lines = guide.matches(of: /curl (?:-O )?'https:\/\/cairn\.example([^']*)'/)
    #expect(lines.count >= 10)
    for line in lines {
      let target = String(line.1).replacing("&amp;", with: "&")
      #expect(try reader.get(target, ["Accept": "*/*"]).status == 200, "\(target)")
    }
  }

  @Test(arguments: Language.allCases)
  func `what the providers' guide posts is stored`(language: Language) throws {
    let guide = Guide.providers.content(in: language, at: "https://cairn.example").markup
    let bodies = guide.matches(of: /-d '([^']*)'/).map { String($0.1) }
    let writer = try reader.writer()
    let stored = try reader.respond(.post, "/v1/credentials", writer, bodies[0])
    #expect(stored.status == 201)
    let changing = writer.merging(
      ["If-Match": "\"1\"", "Content-Type": "application/merge-patch+json"],
      uniquingKeysWith: { $1 })
    let location = try #require(stored["Location"])
    #expect(try reader.respond(.patch, location, changing, bodies[1]).status == 200)
  }
}
