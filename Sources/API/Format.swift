internal import HTTP
internal import HTTPTypes

/// How a list is written.
enum Format: String {
  case json, ndjson, csv

  var contentType: String {
    switch self {
    case .json: "application/json"
    case .ndjson: "application/x-ndjson"
    // RFC 4180 §3.
    case .csv: "text/csv; charset=utf-8; header=present"
    }
  }

  /// True for a format of lines, in which a list that isn't limited comes whole, as a stream.
  var exports: Bool { self != .json }

  /// By name where a parameter names it, or else by Accept (RFC 9110 §12.5.1).
  init(_ request: Request, _ parameters: inout Parameters) throws {
    if let named = try parameters.format() {
      self = named
      return
    }
    let offered: [(Format, String)] = [
      (.json, "application/json"), (.ndjson, "application/x-ndjson"), (.csv, "text/csv"),
    ]
    let types = offered.compactMap { MediaType($0.1) }
    let preferred = MediaType.preferred(of: types, accept: request[.accept])
    guard let format = offered.first(where: { $0.1 == preferred?.text })?.0 else {
      throw RequestError.notAcceptable(offered: offered.map(\.1))
    }
    self = format
  }
}
