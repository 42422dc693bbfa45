import Foundation
import Registry
import Synchronization
import Testing

@Suite struct UUIDTests {
  private func ids(_ count: Int) -> [String] { (0..<count).map { _ in Environment.live.newID() } }

  @Test func `ids are UUIDs of version 7 of this moment`() throws {
    let now = Date().timeIntervalSince1970 * 1000
    let id = Environment.live.newID()
    #expect(
      id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
        != nil)
    let time = try #require(Int(id.filter { $0 != "-" }.prefix(12), radix: 16))
    #expect(abs(Double(time) - now) < 5000)
  }

  @Test func `each stands above the one before, however many there are in a millisecond`() {
    let all = ids(50_000)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `no two are alike that threads make at once`() {
    let all = Mutex<Set<String>>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      let some = ids(5000)
      all.withLock { $0.formUnion(some) }
    }
    #expect(all.withLock { $0.count } == 40_000)
  }
}
