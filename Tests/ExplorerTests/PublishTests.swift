import Testing
import Wire

@testable import Explorer

@Suite("/publish") struct PublishTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test(arguments: Language.allCases)
  func `the form has a field for what a credential needs, and the module its words`(
    language: Language
  ) throws {
    let page = try reader.get("/publish?lang=\(language)")
    #expect(page.status == 200)
    for name in ["title", "countries", "workload_hours", "learning_outcomes", "participation"] {
      #expect(page.text.contains("name=\"\(name)\""), "\(name)")
    }
    #expect(page.text.contains("data-words=\"{&quot;stored&quot;"))
    #expect(page.text.contains("href=\"/docs/providers?lang=\(language)\""))
  }

  @Test func `the key has a field that no browser keeps and no form sends`() throws {
    let page = try reader.get("/publish").text
    #expect(page.contains("<input id=\"key\" type=\"password\" autocomplete=\"off\""))
    #expect(!page.contains("name=\"key\""))
  }
}
