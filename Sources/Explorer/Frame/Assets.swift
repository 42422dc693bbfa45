internal import API
internal import HTTP
internal import HTTPTypes
internal import Resources

/// Web's style sheets, modules, pictures and shapes, under a path that changes when one of them does, so that
/// browsers keep them for ever (RFC 8246); one mark for all, so that modules find each other by relative names.
enum Assets {
  private struct Asset {
    let type: String
    let bytes: [UInt8]
  }

  private static let all: [String: Asset] = {
    var assets: [String: Asset] = [:]
    for file in Resources.web {
      guard let ending = file.name.split(separator: ".").last, let type = types[String(ending)]
      else { continue }
      assets[file.name] = Asset(type: type, bytes: file.bytes)
    }
    return assets
  }()

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "json": "application/json",
  ]

  /// FNV-1a of all, 64 bits.
  private static let mark: String = {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for name in all.keys.sorted() {
      for byte in Array(name.utf8) + (all[name]?.bytes ?? []) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    return String(hash, radix: 36)
  }()

  /// Where this file of Web is served.
  static func address(_ name: String) -> String {
    precondition(all[name] != nil, "Web has no \(name).")
    return "/assets/\(mark)/\(name)"
  }

  static let routes = [
    Route(.get, "/assets/{mark}/{name}", "getAsset", on: .worker) { request in
      try serve(request.path("name"), request)
    },
    Route(.get, "/assets/{mark}/{name}/{file}", "getAssetInFolder", on: .worker) { request in
      try serve(request.path("name") + "/" + request.path("file"), request)
    },
  ]

  private static func serve(_ name: String, _ request: Request) throws -> Response {
    guard let asset = all[name] else { throw RouteError.unknownPath(request.target.path) }
    let isCurrent = request.path("mark") == mark
    return try Response(
      .ok,
      [
        .contentType: asset.type, .vary: "Accept-Encoding",
        .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
      ], body: asset.bytes
    ).conditional(request)
  }
}
