internal import COpenSSL
internal import Dispatch
internal import Glibc
internal import Synchronization

/// A small HTTP server on a free port of 127.0.0.1 that hears POSTs, and answers each as it is told to.
///
/// It reads by its own means, so that what it hears was really said.
public final class Receiver: Sendable {
  public struct Heard: Sendable {
    /// Path and query.
    public let target: String
    /// By name in lower case.
    public let fields: [String: String]
    public let body: [UInt8]
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  public enum Reply: Sendable {
    case status(Int, location: String? = nil)
    /// These bytes instead of an answer.
    case bytes(String)
    /// Nothing at all, until the caller or the test has had enough.
    case silence
  }

  public let port: UInt16
  private let descriptor: Int32
  private let secrets: Secrets?
  private let heard = Mutex<[Heard]>([])
  private let reply: Mutex<@Sendable (Heard) -> Reply>
  private let arrived = DispatchSemaphore(value: 0)
  private let isOver = Atomic(false)

  /// With a certificate it speaks TLS; at a port of before where that is named.
  public init(
    tls certificate: Certificate? = nil, _ reply: @escaping @Sendable (Heard) -> Reply
  ) throws {
    (descriptor, port) = try listeningSocket()
    secrets = try certificate.map(Secrets.init)
    self.reply = Mutex(reply)
    // A caller who has hung up must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    let (descriptor, secrets) = (descriptor, secrets)
    Thread.detach { [weak self] in
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        guard let self, !self.isOver.load(ordering: .relaxed) else {
          close(client)
          return
        }
        Thread.detach { self.serve(client, secrets) }
      }
    }
  }

  deinit {
    isOver.store(true, ordering: .relaxed)
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  /// How it answers from now on.
  public func answer(_ reply: @escaping @Sendable (Heard) -> Reply) {
    self.reply.withLock { $0 = reply }
  }

  public var all: [Heard] { heard.withLock { $0 } }

  /// All that was heard, once that is so many; what there is where it isn't for too long.
  public func waits(for count: Int) -> [Heard] {
    while all.count < count {
      if arrived.wait(timeout: .now() + .seconds(20)) == .timedOut { break }
    }
    return all
  }

  private func serve(_ client: Int32, _ secrets: Secrets?) {
    defer { close(client) }
    guard let session = Session(client, secrets) else { return }
    var bytes: [UInt8] = []
    var request: Heard?
    while request == nil {
      let piece = session.read()
      if piece.isEmpty { return }
      bytes += piece
      request = Heard(bytes)
    }
    guard let request else { return }
    let reply = self.reply.withLock { $0 }(request)
    heard.withLock { $0.append(request) }
    arrived.signal()
    switch reply {
    case .status(let status, let location):
      let field = location.map { "Location: \($0)\r\n" } ?? ""
      session.write("HTTP/1.1 \(status) Answer\r\n\(field)Content-Length: 2\r\n\r\nok")
    case .bytes(let text): session.write(text)
    case .silence: _ = session.read()
    }
  }
}

extension Receiver.Heard {
  /// Nil while it isn't whole.
  fileprivate init?(_ bytes: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
      return nil
    }
    let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    let length = fields["content-length"].flatMap { Int($0) } ?? 0
    let first = start + end.count
    guard bytes.count >= first + length else { return nil }
    target = String(lines[0].split(separator: " ")[1])
    self.fields = fields
    body = Array(bytes[first..<(first + length)])
  }
}

/// A certificate and its key, ready for sessions.
private final class Secrets: Sendable {
  nonisolated(unsafe) let context: OpaquePointer?

  init(_ files: Certificate) throws {
    context = SSL_CTX_new(TLS_server_method())
    guard SSL_CTX_use_certificate_chain_file(context, files.certificate) == 1,
      SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1
    else { throw Wire.Broken(call: "certificate") }
  }

  deinit { SSL_CTX_free(context) }
}

private final class Session {
  private let socket: Int32
  private let ssl: OpaquePointer?

  init?(_ socket: Int32, _ secrets: Secrets?) {
    self.socket = socket
    ssl = secrets.flatMap { SSL_new($0.context) }
    if let ssl {
      SSL_set_fd(ssl, socket)
      if SSL_accept(ssl) != 1 { return nil }
    }
  }

  deinit { SSL_free(ssl) }

  func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count =
      ssl.map { Int(SSL_read($0, &buffer, Int32(buffer.count))) }
      ?? recv(socket, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(0, count)))
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    if let ssl {
      SSL_write(ssl, bytes, Int32(bytes.count))
      SSL_shutdown(ssl)
    } else {
      _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
    shutdown(socket, Int32(SHUT_WR))
  }
}

private enum Thread {
  /// A thread of its own: what blocks here must not use up Dispatch's.
  static func detach(_ work: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let work: @Sendable () -> Void
      init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { box in
        guard let box else { return nil }
        Unmanaged<Box>.fromOpaque(box).takeRetainedValue().work()
        return nil
      }, Unmanaged.passRetained(Box(work)).toOpaque())
    pthread_detach(thread)
  }
}
