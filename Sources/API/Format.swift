internal import HTTP
internal import HTTPTypes

/// How a list is written.
enum Format: String, CaseIterable {
  case json, ndjson, csv

  var mediaType: String {
    switch self {
    case .json: "application/json"
    case .ndjson: "application/x-ndjson"
    case .csv: "text/csv"
    }
  }

  /// RFC 4180 §3 has the parameters.
  var contentType: String {
    self == .csv ? "\(mediaType); charset=utf-8; header=present" : mediaType
  }

  /// True where the client would rather have `type` than any of `formats`.
  static func prefers(_ type: String, to formats: [Format], _ request: Request) -> Bool {
    let offered = (formats.map(\.mediaType) + [type]).compactMap { MediaType($0) }
    return MediaType.preferred(of: offered, accept: request[.accept])?.text == type
  }

  /// True for a format of lines, in which a list that isn't limited comes whole, as a stream.
  var exports: Bool { self != .json }

  /// By name where a parameter names it, or else by Accept (RFC 9110 §12.5.1).
  init(
    _ request: Request, _ parameters: inout Parameters, offering formats: [Format] = allCases
  ) throws {
    let offered = formats.map { ($0, $0.mediaType) }
    if let named = try parameters.format() {
      guard formats.contains(named) else {
        throw RequestError.notAcceptable(offered: offered.map(\.1))
      }
      self = named
      return
    }
    let types = offered.compactMap { MediaType($0.1) }
    let preferred = MediaType.preferred(of: types, accept: request[.accept])
    guard let format = offered.first(where: { $0.1 == preferred?.text })?.0 else {
      throw RequestError.notAcceptable(offered: offered.map(\.1))
    }
    self = format
  }
}
