import Foundation
@testable import Registry
import SQLite
import Testing
import Wire

/// Which rows columns have to read again to follow from one revision to another.
@Suite struct ColumnStepsTests {
  @Test func `columns that couldn't follow for ten thousand revisions are loaded anew`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let version = ColumnStore.Version(
      revision: 7, tables: [:],
      links: try Registry(path: path).read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in try EQFLinks(database) }
      }, matches: KeptMatches())
    var steps = ColumnSteps()
    func add(_ touched: ColumnSteps.Touched, behind last: Int64) -> Bool {
      steps.add(touched, behind: last)
    }
    #expect(!add([:], behind: 7))
    steps.begin(version)
    #expect(!add([:], behind: 8))
    #expect(add(["credential": .rows([1...2, 9...9])], behind: 7))
    #expect(add(["credential": .rows([3...4]), "provider": .whole], behind: 8))
    let way = try #require(steps.way(to: 9))
    #expect(way.from.revision == 7)
    #expect(way.touched == ["credential": .rows([1...4, 9...9]), "provider": .whole])
    #expect(steps.way(to: 10) == nil && steps.way(to: 6) == nil)
    var last: Int64 = 9
    while add([:], behind: last) { last += 1 }
    #expect(last == 7 + 9_999)
    #expect(steps.way(to: last) == nil && steps.version(7) == nil)
  }
}
