import Foundation
import Registry
import Testing

@Suite struct WebhookSignatureTests {
  // The example that the libraries of the Standard Webhooks specification are tested with.
  @Test func `the specification's example is signed as it says`() throws {
    let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let signature = WebhookSignature([Array(secret)])
    let fields = signature.fields(
      "msg_p5jXN8AQM9LWM0D4loKWxJek", at: Instant(milliseconds: 1_614_265_330_999),
      Array(#"{"test": 2432232314}"#.utf8))
    #expect(
      fields.map { "\($0.name): \($0.value)" } == [
        "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330",
        "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      ])
  }

  @Test func `each secret signs, separated by a space`() {
    let secrets = [[UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32)]
    let both = WebhookSignature(secrets).fields("a", at: Instant(milliseconds: 0), [])
    let each = secrets.map { WebhookSignature([$0]).fields("a", at: Instant(milliseconds: 0), []) }
    #expect(both[2].value == "\(each[0][2].value) \(each[1][2].value)")
  }
}
