import HTTPClient
import Testing

@Suite struct AllowListTests {
  @Test(arguments: [
    ("hooks.example", "https://hooks.example/a", true),
    ("hooks.example", "https://HOOKS.example:443/a?b=c", true),
    ("hooks.example", "https://hooks.example:8443/a", false),
    ("hooks.example", "https://hooks.example:+443/a", false),
    ("hooks.example:8443", "https://hooks.example:8443/a", true),
    ("hooks.example:8443", "https://hooks.example/a", false),
    ("hooks.example", "https://a.hooks.example/", false),
    ("hooks.example", "https://hooks.example.org/", false),
    ("hooks.example", "https://hooks.example@evil.example/", false),
    ("hooks.example", "https://evil.example/?hooks.example", false),
    ("hooks.example", "https://evil.example#hooks.example", false),
    ("hooks.example", "https://user:word@hooks.example/", false),
    ("hooks.example", "https://hooks.example/#part", false),
    ("hooks.example", "https://hooks.example/a b", false),
    ("hooks.example", "https://hooks.example\\@evil.example/", false),
    ("hooks.example", "https://hooks.example\r\nHost: evil.example/", false),
    ("hooks.example", "http://hooks.example/", false),
    ("hooks.example", "ftp://hooks.example/", false),
    ("hooks.example", "https:hooks.example", false),
    ("hooks.example", "https:///a", false),
    ("hooks.example", "", false),
    ("", "https://hooks.example/", false),
    ("a.example,hooks.example", "https://hooks.example", true),
    ("hooks.internal=10.0.0.5", "https://hooks.internal/", true),
    ("hooks.internal=10.0.0.5", "http://hooks.internal/", false),
    ("127.0.0.1:9000", "http://127.0.0.1:9000/a", true),
    ("127.0.0.1:9000", "http://127.0.0.1:9001/a", false),
    ("127.0.0.1:9000", "http://localhost:9000/a", false),
    ("localhost:9000", "http://localhost:9000/a", true),
    ("[::1]:9000", "http://[::1]:9000/a", true),
    ("10.0.0.5:9000", "http://10.0.0.5:9000/a", false),
  ])
  func `a URL is called where an entry is its host and port`(
    list: String, url: String, isAllowed: Bool
  ) throws {
    #expect(try (AllowList(list).refusal(of: url) == nil) == isAllowed)
  }

  @Test(arguments: [
    "https://hooks.example", "hooks.example/a", "*.example", "hooks.example:", "hooks.example:0",
    "hooks.example:65536", "hooks.example:+443", "hooks.internal=", "hooks.internal=there", "a=b=c",
    "-a.example", "a..b",
    "[::1", "[hooks.example]", "hooks example",
  ])
  func `what is no host is refused`(entry: String) {
    #expect(throws: AllowList.BadEntry.self) { try AllowList("good.example," + entry) }
  }

  @Test(arguments: [
    ("0.0.0.0", false), ("10.1.2.3", false), ("100.64.0.1", false), ("100.128.0.1", true),
    ("127.0.0.1", false), ("127.255.0.9", false), ("169.254.169.254", false),
    ("172.16.0.1", false), ("172.32.0.1", true), ("192.0.2.1", false), ("192.168.1.1", false),
    ("198.19.0.1", false), ("203.0.113.9", false), ("224.0.0.1", false),
    ("255.255.255.255", false), ("8.8.8.8", true), ("193.0.14.129", true),
    ("::", false), ("::1", false), ("::ffff:8.8.8.8", false), ("::ffff:127.0.0.1", false),
    ("fe80::1", false), ("fc00::1", false), ("fd12::1", false), ("ff02::1", false),
    ("2001:db8::1", false), ("2001:0:1::1", false), ("2002:7f00:1::", false),
    ("64:ff9b::7f00:1", false), ("64:ff9b::a00:1", false), ("64:ff9b::808:808", true),
    ("2001:67c:2e8:22::c100:68b", true), ("3fff::1", false), ("4000::1", false),
  ])
  func `only addresses of the Internet are public`(text: String, isPublic: Bool) throws {
    #expect(try #require(Address(text)).isPublic == isPublic)
  }
}
