import HTTP
import HTTPServer
import HTTPTypes
import Wire

/// A server whose answers say what it heard, in a field and, but for HEAD, as the body.
///
/// /slow is a worker's to answer, /none has no content, /kept has changed for nobody, /no wants no body,
/// and /to/… says the segment behind it in Location.
final class Echo {
  let server: Server

  init(tls: TLSFiles? = nil, trustsProxy: Bool = false) throws {
    server = try Server(
      on: ListenAddress(port: 0), tls: tls, trustsProxy: trustsProxy, loops: 1, workers: 1
    ) {
      Service(
        respond: { request, place in
          request.target.path == "/slow" && place == .loop ? nil : Self.answer(request)
        },
        respondEarly: { $0.target.path == "/no" ? Response(.unauthorized) : nil },
        refuse: { Response($0.status, [.contentType: "text/plain"], body: Array($0.detail.utf8)) })
    }
  }

  deinit { server.stop() }

  private static func answer(_ request: Request) -> Response {
    let words = [
      "\(request.method)", request.target.path, String(decoding: request.body, as: UTF8.self),
    ]
    let heard = words.filter { !$0.isEmpty }.joined(separator: " ")
    var response = Response(.ok, [.contentType: "text/plain", heardField: heard])
    switch request.target.segments.first {
    case "none": response.status = .noContent
    case "kept":
      response.status = .notModified
      response.fields[.eTag] = "\"1\""
    case "to": response.fields[.location] = request.target.segments.last
    default: break
    }
    // What must not be sent is the server's to leave out.
    response.body = .bytes(Array(heard.utf8))
    return response
  }

  struct CutOff: Error {
    let rest: String
  }

  /// Sends `pieces` and nothing more; what comes back until the server closes, as "200 GET /", "400".
  func lines(_ pieces: [[UInt8]]) throws -> [String] { try answers(pieces).map(\.line) }

  func answers(_ pieces: [[UInt8]]) throws -> [Answer] {
    let wire = try Wire(port: server.port)
    // A server that has closed wants no more of it.
    for piece in pieces where (try? wire.send(piece)) == nil { break }
    wire.finish()
    var rest = try wire.rest()
    var answers: [Answer] = []
    while !rest.isEmpty {
      var copy = rest
      let head = Answer(takenFrom: &copy, isForHEAD: true)
      let isForHEAD = head?["Heard"]?.hasPrefix("HEAD ") == true
      guard let answer = Answer(takenFrom: &rest, isForHEAD: isForHEAD) else {
        throw CutOff(rest: String(decoding: rest, as: UTF8.self))
      }
      answers.append(answer)
    }
    return answers
  }
}

extension Answer {
  /// Its status, and what the server heard.
  var line: String { self["Heard"].map { "\(status) \($0)" } ?? "\(status)" }
}

private let heardField: HTTPField.Name = {
  guard let name = HTTPField.Name("Heard") else { preconditionFailure("Heard is a token.") }
  return name
}()
