import Testing

@testable import API

@Suite struct RateLimitTests {
  private let limits = RateLimits(address: .init(4, in: 2), key: nil)
  private let start: UInt64 = 1_000_000_000_000

  private func take(_ address: String, after milliseconds: UInt64) -> RateLimits.Standing? {
    limits.takeAddress(address, at: start + milliseconds * 1_000_000)
  }

  @Test func `a quota may be used at once, and comes back bit by bit`() {
    #expect((0..<4).map { _ in take("a", after: 0)?.remaining } == [3, 2, 1, 0])
    let refused = take("a", after: 100)
    #expect(refused?.retryAfter == 1 && refused?.remaining == 0)
    // One request's share of 500 ms has come back, and no more.
    #expect(take("a", after: 500)?.retryAfter == nil)
    #expect(take("a", after: 500)?.retryAfter == 1)
    // What is refused takes nothing.
    #expect((0..<9).compactMap { take("a", after: 900 + $0)?.retryAfter }.count == 9)
    #expect(take("a", after: 1000)?.retryAfter == nil)
    let whole = take("a", after: 10_000)
    #expect(whole?.remaining == 3 && whole?.seconds == 1)
  }

  @Test func `each has a bucket of his own, and who isn't limited has none`() {
    for _ in 0..<4 { _ = take("a", after: 0) }
    #expect(take("a", after: 0)?.retryAfter != nil)
    #expect(take("b", after: 0)?.remaining == 3)
    #expect(limits.takeKey("k", at: start) == nil)
  }

  @Test func `crowds of addresses take no more room than they may`() {
    for number in 0..<300_000 { _ = take("\(number)", after: 0) }
    #expect(take("new", after: 0)?.remaining == 3)
  }

  @Test(arguments: ["", "3", "3/", "/3", "0/1", "1/0", "-1/1", "1/1/1", "a/b", "1.5/1"])
  func `what is no quota is none`(text: String) { #expect(RateLimits.Quota(text) == nil) }
}
