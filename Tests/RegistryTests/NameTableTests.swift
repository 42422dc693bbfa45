import Testing

@testable import Registry

struct NameTableTests {
  /// By length, first, middle and last letter, all are one.
  private static let alike = ["abcda", "axcya", "aycza", "abcza", "azcba"]

  @Test("names that look alike are told apart, and none is found that isn't there")
  func looksAlike() {
    let table = NameTable(Self.alike + [""])
    #expect(Self.alike.map { table.place(of: $0) } == [0, 1, 2, 3, 4])
    #expect(["aqcqa", "", "a", "abcd"].allSatisfy { table.place(of: $0) == nil })
  }

  @Test("every member of a noun is found by its name, and what is hidden isn't")
  func nouns() {
    for noun in [Noun.credential, .provider, .stackingRule] {
      for field in noun.fields {
        #expect(
          (noun.field(field.name) != nil)
            == noun.fields.contains {
              $0.name == field.name && $0.kind != .hidden
            })
      }
    }
  }
}
