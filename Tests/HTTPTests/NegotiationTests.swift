import HTTP
import Testing

@Suite("conditions, media types, dates") struct NegotiationTests {
  @Test(arguments: [
    ("\"a\"", true, true), ("W/\"a\"", true, false), ("\"b\", \"a\"", true, true),
    ("\"b\",W/\"a\"", true, false),
    ("*", true, true), ("\"b\"", false, false), (" \"a\" ", true, true), ("\"b,a\"", false, false),
    (", \"b\",, \"a\",", true, true), ("\"a\\\"", false, false),
  ])
  func `tags are compared as RFC 9110 §8.8.3.2 says`(text: String, weakly: Bool, strongly: Bool)
    throws
  {
    let condition = try #require(Precondition(text))
    #expect(condition.matchesWeakly(EntityTag("a")) == weakly)
    #expect(condition.matchesStrongly(EntityTag("a")) == strongly)
    #expect(condition == .any || !condition.matchesStrongly(EntityTag("a", weak: true)))
  }

  @Test(arguments: [
    "", "a", "\"a", "\"a\"b", "w/\"a\"", "\"a\" \"b", ",", "\"a\" \"b\"", "\"a b\"", "*, \"a\"",
    "\"a\", *", "W/ \"a\"", "\"a\";x", "**",
  ])
  func `what is no list of tags is none`(text: String) { #expect(Precondition(text) == nil) }

  @Test(
    arguments: [
      (nil, "a/x"), ("*/*", "a/x"), ("a/*", "a/x"), ("b/y", "b/y"), ("a/x;q=0.1, b/y;q=0.2", "b/y"),
      ("*/*, a/x;q=0", "b/y"), ("A/X", "a/x"), ("c/z", nil), ("a/x;q=0", nil),
      ("a/*;q=0.5, */*;q=0.6", "b/y"),
      ("b/y;v=1", "b/y"), ("b/y;v=\",a/x;q=1\";q=0.1, a/x;q=0.05", "b/y"),
      ("*; q=.2, b/y; q=.2", "b/y"), ("b/y;Q=0.5, a/x;q=x", "b/y"),
      ("a/*,\u{20}\u{301}", "a/x"), ("a/x;q=0,*/*;q=0", nil), ("a/x;q=2", nil), ("", nil),
    ] as [(String?, String?)])
  func `the best type is the one the client likes best`(accept: String?, best: String?) throws {
    let offered = try ["a/x", "b/y"].map { try #require(MediaType($0)) }
    #expect(MediaType.preferred(of: offered, accept: accept)?.text == best)
  }

  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
  ])
  func `a date is written as RFC 9110 §5.6.7 says`(seconds: Int, text: String) {
    #expect(HTTPDate.text(secondsSince1970: seconds) == text)
  }
}
