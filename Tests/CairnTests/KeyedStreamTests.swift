import Testing
import Wire

/// Changes followed live with a key, in a registry that has its vocabularies.
@Suite(.timeLimit(.minutes(1))) struct KeyedStreamTests {
  private let live: LiveRegistry

  init() throws { live = try LiveRegistry(empty: false) }

  @Test func `a stream ends with its key, before another draft is told`() throws {
    try live.post("first")
    let (secret, id) = try live.providerKey("first")
    let wire = try live.follow(as: secret)
    try live.write("credentials", #"{"title": "One", "status": "draft"}"#, by: secret)
    try wire.read(until: "\"slug\":\"one\"")
    let next = try live.providerKey("first").secret
    try live.revoke(id)
    try live.write("credentials", #"{"title": "Two", "status": "draft"}"#, by: next)
    let text = try wire.answer().text
    #expect(text.contains("\"slug\":\"one\"") && !text.contains("\"slug\":\"two\""))
  }

  @Test func `a stream of a provider that is merged goes on as its survivor's`() throws {
    for name in ["stays", "goes"] { try live.post(name) }
    let (secret, _) = try live.providerKey("goes")
    let wire = try live.follow(as: secret)
    try live.write("providers/goes:merge", #"{"into": "stays"}"#)
    try live.write("credentials", #"{"title": "Draft", "status": "draft"}"#, by: secret)
    try wire.read(until: "\"slug\":\"draft\"")
  }

  @Test func `large changes come in pieces of one each`() throws {
    try live.post("first")
    try live.write("credentials", #"{"title": "Heavy", "provider": "first"}"#)
    for letter in ["a", "b", "c", "d"] {
      let outcomes = (1...30).map {
        #"{"text": "\#($0)\#(String(repeating: letter, count: 4000))"}"#
      }
      try live.write(
        "credentials/heavy", #"{"learning_outcomes": [\#(outcomes.joined(separator: ", "))]}"#,
        method: "PATCH")
    }
    let wire = try live.follow("?since=0&noun=credential&provider=first")
    try wire.read(until: "\"version\":5,")
    live.server.stop()
    let bytes = try String(decoding: wire.rest(), as: UTF8.self)
    let sizes = bytes.split(separator: "\r\n").filter { $0.count < 9 }.compactMap {
      Int($0, radix: 16)
    }
    #expect((sizes.max() ?? 0) < 300_000 && sizes.reduce(0, +) > 800_000)
  }
}
