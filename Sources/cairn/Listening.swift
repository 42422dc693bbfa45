internal import ArgumentParser
internal import Glibc
internal import HTTPServer

/// Where and as what the server answers.
struct Listening: ParsableArguments {
  @Option(help: "The address to listen on. (environment: CAIRN_HOST; default: 127.0.0.1)")
  var host: String?

  @Option(help: "The port; 0 is any free one. (environment: CAIRN_PORT; default: 8080)")
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "Listen on a Unix-domain socket instead, for its owner and group. (environment: CAIRN_SOCKET)",
      valueName: "path"))
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Serve HTTPS with this certificate: PEM, the chain behind it. (environment: CAIRN_TLS_CERT)",
      valueName: "file"))
  var tlsCert: String?

  @Option(
    help: ArgumentHelp(
      "The certificate's key: PEM, without a passphrase. (environment: CAIRN_TLS_KEY)",
      valueName: "file"))
  var tlsKey: String?

  @Flag(
    help: ArgumentHelp(
      "Believe the proxy in front who asks. (environment: CAIRN_TRUST_PROXY=on)",
      discussion: """
        The address in the log is then the last one of Forwarded, or of X-Forwarded-For. For a \
        server that only the proxy can reach.
        """))
  var trustProxy = false

  func trustsProxy() throws -> Bool {
    let isSwitchedOn = try environmentSwitch("CAIRN_TRUST_PROXY") ?? false
    return trustProxy || isSwitchedOn
  }

  func validate() throws {
    guard socket == nil || host == nil && port == nil else {
      throw ValidationError("--socket stands instead of --host and --port.")
    }
  }

  /// What the command line says counts before what the environment says, and a socket that systemd has
  /// opened before both.
  func address() throws -> ListenAddress {
    if let descriptor = try passedDescriptor() { return .inherited(descriptor: descriptor) }
    let isNamed = host != nil || port != nil
    if let path = socket ?? (isNamed ? nil : environment("CAIRN_SOCKET")) {
      return .unix(path: path)
    }
    return .tcp(
      host: host ?? environment("CAIRN_HOST") ?? "127.0.0.1", port: try port ?? environmentPort())
  }

  private func environmentPort() throws -> UInt16 {
    guard let text = environment("CAIRN_PORT") else { return 8080 }
    guard let port = UInt16(text) else {
      throw CommandError("CAIRN_PORT=\(text): a port is a number from 0 to 65535.")
    }
    return port
  }

  // sd_listen_fds(3): descriptors from 3 on, if they are meant for this very process.
  private func passedDescriptor() throws -> Int32? {
    guard let process = environment("LISTEN_PID"), process == "\(getpid())",
      let count = environment("LISTEN_FDS"), count != "0"
    else { return nil }
    guard count == "1" else {
      throw CommandError("LISTEN_FDS=\(count): Cairn listens on one socket; give the unit one.")
    }
    return 3
  }

  func tlsFiles() throws -> TLSFiles? {
    switch (tlsCert ?? environment("CAIRN_TLS_CERT"), tlsKey ?? environment("CAIRN_TLS_KEY")) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
    default:
      throw CommandError(
        "TLS needs both: --tls-cert (CAIRN_TLS_CERT) and --tls-key (CAIRN_TLS_KEY).")
    }
  }
}
