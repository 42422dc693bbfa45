public import HTTPTypes

/// An answer; its length and the connection's fields are the server's to add.
public struct Response: Sendable {
  public var status: HTTPResponse.Status
  public var fields: HTTPFields
  public var body: ResponseBody

  public init(_ status: HTTPResponse.Status, _ fields: HTTPFields = [:], body: [UInt8] = []) {
    self.init(status, fields, .bytes(body))
  }

  public init(_ status: HTTPResponse.Status, _ fields: HTTPFields, _ body: ResponseBody) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// The connection that an answer goes out on, as far as its bytes depend on it.
  public struct Framing: Sendable {
    public let persistence: Persistence
    /// True for the answer to a HEAD: everything but the body (RFC 9110 §9.3.2).
    public let isForHEAD: Bool
    /// HTTP/1.0 knows no chunks: a body of unknown length ends with the connection (RFC 9112 §6.3).
    public let knowsChunks: Bool

    public init(_ persistence: Persistence, isForHEAD: Bool = false, knowsChunks: Bool = true) {
      self.persistence = persistence
      self.isForHEAD = isForHEAD
      self.knowsChunks = knowsChunks
    }
  }

  /// What the answer says of the connection (RFC 9112 §9.6).
  public enum Persistence: Sendable {
    /// It stays, as it does in HTTP/1.1 without a word.
    case implied
    /// It stays, which HTTP/1.0 must be told.
    case keepAlive
    case close
  }

  /// Appends the head as RFC 9112 §4 has it, and the body where it is at hand; a stream's source is whoever
  /// called's to ask, for chunks where its length isn't known and the connection knows them.
  public func write(to output: inout [UInt8], date: [UInt8], _ framing: Framing) -> BodySource? {
    output += "HTTP/1.1 ".utf8
    output += String(status.code).utf8
    output.append(UInt8(ascii: " "))
    output += status.reasonPhrase.utf8
    output += "\r\nDate: ".utf8
    output += date
    for field in fields {
      output += "\r\n".utf8
      output += field.name.rawName.utf8
      output += ": ".utf8
      output += field.value.utf8
    }
    // RFC 9110 §8.6: neither has a body, and 204 may not even name its length.
    let hasBody = status != .noContent && status != .notModified
    if hasBody {
      if let count = body.count {
        output += "\r\nContent-Length: ".utf8
        output += String(count).utf8
      } else if framing.knowsChunks {
        output += "\r\nTransfer-Encoding: chunked".utf8
      }
    }
    switch framing.persistence {
    case .implied: break
    case .keepAlive: output += "\r\nConnection: keep-alive".utf8
    case .close: output += "\r\nConnection: close".utf8
    }
    output += "\r\n\r\n".utf8
    guard hasBody, !framing.isForHEAD else { return nil }
    switch body {
    case .bytes(let bytes):
      output += bytes
      return nil
    case .stream(let source): return source
    }
  }
}

/// Appends `piece` as a chunk (RFC 9112 §7.1); an empty one would be the body's end, so it is left out.
public func writeChunk(_ piece: [UInt8], to output: inout [UInt8]) {
  if piece.isEmpty { return }
  output += String(piece.count, radix: 16).utf8
  output += "\r\n".utf8
  output += piece
  output += "\r\n".utf8
}

/// Appends what ends a chunked body that has no trailers.
public func writeLastChunk(to output: inout [UInt8]) { output += "0\r\n\r\n".utf8 }
