public import HTTPTypes

/// An answer; its length and the connection's fields are the server's to add.
public struct Response: Sendable {
  public var status: HTTPResponse.Status
  public var fields: HTTPFields
  public var body: [UInt8]

  public init(_ status: HTTPResponse.Status, _ fields: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// What the answer says of the connection (RFC 9112 §9.6).
  public enum Persistence: Sendable {
    /// It stays, as it does in HTTP/1.1 without a word.
    case implied
    /// It stays, which HTTP/1.0 must be told.
    case keepAlive
    case close
  }

  /// Appends the answer as RFC 9112 §4 has it; to a HEAD everything but the body.
  public func write(
    to output: inout [UInt8], date: [UInt8], _ persistence: Persistence, isForHEAD: Bool
  ) {
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
      output += "\r\nContent-Length: ".utf8
      output += String(body.count).utf8
    }
    switch persistence {
    case .implied: break
    case .keepAlive: output += "\r\nConnection: keep-alive".utf8
    case .close: output += "\r\nConnection: close".utf8
    }
    output += "\r\n\r\n".utf8
    if hasBody, !isForHEAD { output += body }
  }
}
