import Testing
import Wire

/// Changes followed live with a key, in a registry that has its vocabularies.
@Suite(.timeLimit(.minutes(1))) struct KeyedStreamTests {
  private let live: LiveRegistry

  init() throws { live = try LiveRegistry(empty: false) }

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
