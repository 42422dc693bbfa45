import HTTP
import Testing

@Suite struct ForwardedTests {
  @Test(arguments: [
    ("for=192.0.2.60", "192.0.2.60"), ("For=192.0.2.60:4711", "192.0.2.60"),
    ("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
    ("for=[2001:db8::1]", "2001:db8::1"), ("for=\"192.0.2.60\"", "192.0.2.60"),
    ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
    ("proto=http; by=\"a;b,c\"; for=192.0.2.60", "192.0.2.60"),
    ("for=192.0.2.43, for=198.51.100.17", "198.51.100.17"),
    ("for=192.0.2.43,for=\"a\\\"b\",  by=x;for=198.51.100.17", "198.51.100.17"),
    ("for=unknown", "unknown"), ("for=_hidden", "_hidden"),
    // The last one says nothing of whom it is for.
    ("for=192.0.2.43, proto=https", nil), ("proto=https", nil), ("", nil), ("for=192.0.2.43,", nil),
    // What the client left open reaches into what the proxy added.
    ("for=6.6.6.6;x=\", for=192.0.2.1", nil), ("for=6.6.6.6;x=\", for=\"[2001:db8::1]:1\"", nil),
    ("for=6.6.6.6;x=\"\\, for=\"192.0.2.1\"", nil),
    ("for", nil), ("for=", nil), ("for 192.0.2.1", nil), ("=x", nil), ("for=\"192.0.2.1", nil),
    ("for=192.0.2.1 5", nil), ("for=\"192.0.2.1\"5", nil), ("for=\"", nil), ("for=\"\\", nil),
  ])
  func `RFC 7239's last hop is the one believed`(text: String, address: String?) {
    #expect(Forwarded.client(text, xForwardedFor: nil) == address)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("6.6.6.6, 192.0.2.1", "192.0.2.1"), ("192.0.2.1:80", "192.0.2.1"),
    ("6.6.6.6,2001:db8::1", "2001:db8::1"), ("[2001:db8::1]:80 ", "2001:db8::1"),
    ("6.6.6.6,\"x, 192.0.2.1", "192.0.2.1"), ("", nil), (", ", nil),
  ])
  func `so is the last one of X-Forwarded-For`(text: String, address: String?) {
    #expect(Forwarded.client(nil, xForwardedFor: text) == address)
  }

  @Test func `two fields that differ aren't believed`() {
    #expect(Forwarded.client("for=192.0.2.1", xForwardedFor: "6.6.6.6") == nil)
    #expect(Forwarded.client("for=unknown", xForwardedFor: "192.0.2.1") == nil)
    #expect(Forwarded.client("\"", xForwardedFor: "192.0.2.1") == nil)
    #expect(Forwarded.client("for=192.0.2.1:5", xForwardedFor: "6.6.6.6, 192.0.2.1") == "192.0.2.1")
    #expect(Forwarded.client(nil, xForwardedFor: nil) == nil)
  }
}
