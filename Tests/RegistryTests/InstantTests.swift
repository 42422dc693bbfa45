import Registry
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2000-02-29", 951_782_400_000),
    ("2026-11-24T12:00:00.5Z", 1_795_521_600_500),
    ("2026-11-24T13:00:00+01:00", 1_795_521_600_000), ("1969-12-31T23:59:59.999Z", -1),
  ])
  func `a time is read as RFC 3339 writes it`(text: String, milliseconds: Int64) {
    #expect(Instant(text)?.milliseconds == milliseconds)
    #expect(Instant(Instant(milliseconds: milliseconds).text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "2026-11-24T", "2026-11-24T25:00:00Z",
    "2026-11-24T12:00Z",
    "2026-11-24T12:00:00", "2026-11-24 12:00:00Z", "2026-11-24T12:00:00.Z", "2026-11-24T12:00:00Zx",
    "24.11.2026",
  ])
  func `what is no time is none`(text: String) { #expect(Instant(text) == nil) }
}
