/// How the server calls others, where it was told that it may.
public struct Outbound: Sendable {
  /// Why a URL isn't called, as a sentence; nil where it is.
  public var refusal: @Sendable (_ url: String) -> String?
  /// The status of the answer to a POST, or an error that says why there is none.
  ///
  /// Soon after `isStopped` has become true it gives up.
  public var post:
    @Sendable (
      _ url: String, _ fields: [(name: String, value: String)], _ body: [UInt8],
      _ isStopped: @escaping @Sendable () -> Bool
    ) throws -> Int

  public init(
    refusal: @escaping @Sendable (String) -> String?,
    post:
      @escaping @Sendable (
        String, [(name: String, value: String)], [UInt8], @escaping @Sendable () -> Bool
      ) throws -> Int
  ) {
    self.refusal = refusal
    self.post = post
  }

  /// What a URL is refused with where nobody is called.
  static let isOff = "This server calls nobody: whoever runs it names hosts with --webhooks."
}
