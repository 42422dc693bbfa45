internal import API
internal import ArgumentParser
internal import HTTPClient

/// Whom the server calls, if anyone.
struct Calling: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Hosts, separated by commas, that webhooks may call; without it nobody is called. (environment: CAIRN_WEBHOOKS)",
      discussion: """
        Each is HOST or HOST:PORT, called by https alone. Where its address isn't one of the Internet, that \
        stands behind it: hooks.internal=10.0.0.5. http is for this machine: localhost:9000, 127.0.0.1:9000.
        """, valueName: "hosts"))
  var webhooks: String?

  /// Nil where nobody is called.
  func outbound() throws -> Outbound? {
    let allowed = try AllowList(webhooks ?? environment("CAIRN_WEBHOOKS") ?? "")
    guard !allowed.isEmpty else { return nil }
    let client = try HTTPClient(allowing: allowed)
    return Outbound(refusal: allowed.refusal(of:)) { url, fields, body, isStopped in
      try client.post(url, fields, body, isStopped: isStopped)
    }
  }
}
