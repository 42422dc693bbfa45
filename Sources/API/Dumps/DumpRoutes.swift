internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// Everything at once, as it stood at one moment.
func dumpRoutes(_ folder: DumpFolder?) -> [Route] {
  [
    Route(.get, "/v1/dumps/", "listDumps", on: .worker) { request in
      try request.takesNoParameters()
      let items = (folder?.dumps ?? []).map(\.summary)
      let body = JSONValue.object([
        .init(name: "items", value: .array(items)), .init(name: "next", value: .null),
      ]).bytes
      return try formatted(.json, body).conditional(request, contentTag(body), .anyone)
    },
    Route(.get, "/v1/dumps/{name}/", "getDump", on: .worker) { request in
      try request.takesNoParameters()
      return try AskedDump(request, folder).manifest(request)
    },
    Route(.get, "/v1/dumps/{name}/{file}", "getDumpFile", on: .worker) { request in
      try request.takesNoParameters()
      let asked = try AskedDump(request, folder)
      let name = request.path("file")
      return try name == "manifest.json" ? asked.manifest(request) : asked.file(name, request)
    },
  ]
}

/// The dump that a path names, by its own name or as the latest.
private struct AskedDump {
  private let folder: DumpFolder
  private let dump: Dump
  private let isLatest: Bool

  init(_ request: Request, _ folder: DumpFolder?) throws {
    let name = request.path("name")
    guard let folder else { throw RegistryError.unknown(resource: "dump", id: name, nearest: nil) }
    self.folder = folder
    dump = try folder.dump(named: name)
    isLatest = name != dump.name
  }

  func manifest(_ request: Request) throws -> Response {
    let body = dump.json.bytes
    return standing(
      try formatted(.json, body).conditional(request, contentTag(body), .anyone), at: "")
  }

  func file(_ name: String, _ request: Request) throws -> Response {
    guard let file = dump.file(name) else {
      throw RegistryError.unknown(
        resource: "file in the dump \(dump.name)", id: name,
        nearest: nearest(to: name, among: dump.files.map(\.name)))
    }
    let stored = StoredFile(
      spool: try folder.open(file, of: dump), count: file.bytes, mediaType: file.mediaType,
      tag: EntityTag(file.sha256), modified: dump.madeAt)
    return standing(try stored.answer(request), at: file.name)
  }

  /// With what says how long it stays as it is: for good, but what is the latest won't be.
  private func standing(_ answer: Response, at file: String) -> Response {
    var answer = answer
    answer.fields[.cacheControl] = isLatest ? "no-cache" : "public, max-age=31536000, immutable"
    // RFC 9110 §8.7: where the same is for good.
    if isLatest { answer.fields[.contentLocation] = "/v1/dumps/\(dump.name)/\(file)" }
    return answer
  }
}

extension Dump {
  /// What the list tells of it.
  fileprivate var summary: JSONValue {
    .object(
      heading + [
        .init(name: "cairn", value: .string(version)),
        .init(name: "bytes", value: .integer(Int64(files.reduce(0) { $0 + $1.bytes }))),
        .init(name: "url", value: .string("/v1/dumps/\(name)/")),
      ])
  }
}
