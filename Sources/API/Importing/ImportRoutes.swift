internal import HTTP
internal import HTTPTypes
internal import Logging
internal import Registry
internal import Synchronization

/// Many items at once, and what became of them.
func importRoutes(_ registry: Registry, _ settings: API.Settings) -> [Route] {
  [
    importRoute(registry, settings, .credential, "credentials", "importCredentials"),
    importRoute(registry, settings, .provider, "providers", "importProviders"),
    Route(.get, "/v1/credentials/template.csv", "getCredentialTemplate", on: .worker) { request in
      try represented(Format.csv.contentType, template)
        .conditional(request, contentTag(template), .anyone)
    },
    Route(.get, "/v1/imports/{id}", "getImport", on: .worker) { request in
      let author = try registry.author(of: request)
      let record = try registry.importRecord(request.path("id"), for: author)
      return answer(.ok, record)
    },
    Route(.get, "/v1/imports/{id}/results", "getImportResults", on: .worker) { request in
      let author = try registry.author(of: request)
      let record = try registry.importRecord(request.path("id"), for: author)
      return try lines(registry.results(of: record)).coded(request)
    },
  ]
}

private func importRoute(
  _ registry: Registry, _ settings: API.Settings, _ kind: Writable, _ path: String,
  _ operation: String
) -> Route {
  Route(streamed: .post, "/v1/\(path):import", operation) { request in
    let author = try registry.author(of: request)
    let options = try ImportOptions(request)
    let (id, spool) = try registry.newSpool()
    let intake = try Intake(request, spool, most: settings.limits.stream)
    let isAsynchronous = request.prefers("respond-async")
    return BodySink(
      take: intake.take,
      finish: {
        try intake.finish()
        let begun = try registry.begin(id, spool, as: kind, options, by: author)
        let address = "/v1/imports/\(id)"
        if isAsynchronous {
          begun.continueInBackground { settings.log($0, id) }
          var response = answer(.accepted, try registry.importRecord(id, for: author))
          response.fields[.location] = address
          response.fields[.preferenceApplied] = "respond-async"
          return response
        }
        let applying = Applying(begun) { settings.log($0, id) }
        var response = lines(
          BodySource { piece in
            if try applying.next(&piece) { return true }
            piece += summary(try registry.importRecord(id, for: author))
            return false
          })
        response.fields[.contentLocation] = address
        return response
      })
  }
}

/// An import that goes on as its client reads what became of it, and by itself when the client is gone.
private final class Applying: Sendable {
  private let begun: KeptImport
  private let isDone = Atomic(false)
  private let failed: @Sendable (RegistryError) -> Void

  init(_ begun: KeptImport, _ failed: @escaping @Sendable (RegistryError) -> Void) {
    self.begun = begun
    self.failed = failed
  }

  deinit { if !isDone.load(ordering: .relaxed) { begun.continueInBackground(failed) } }

  func next(_ piece: inout [UInt8]) throws -> Bool {
    guard let lines = try begun.step() else {
      isDone.store(true, ordering: .relaxed)
      return false
    }
    piece += lines
    return true
  }
}

extension Registry {
  /// What is known so far, and the import itself behind it.
  fileprivate func results(of record: Import) -> BodySource {
    let part = Mutex(0)
    return BodySource { piece in
      let number = part.withLock { number in
        defer { number += 1 }
        return number
      }
      guard let lines = try self.importResults(record.id, part: number) else {
        piece += summary(record)
        return false
      }
      piece += lines
      return true
    }
  }
}

extension Request {
  /// RFC 7240 §2, for preferences without a value.
  fileprivate func prefers(_ preference: String) -> Bool {
    (self[.prefer] ?? "").split(separator: ",").contains { part in
      let token = part.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
      return token.lowercased() == preference
    }
  }
}

extension API.Settings {
  fileprivate func log(_ error: RegistryError, _ id: String) {
    logger.error("import stopped", metadata: ["import.id": "\(id)", "cause": "\(error)"])
  }
}

private func answer(_ status: HTTPResponse.Status, _ record: Import) -> Response {
  Response(
    status, [.contentType: Format.json.contentType, .cacheControl: "private, no-cache"],
    body: record.json + "\n".utf8)
}

private func lines(_ source: BodySource) -> Response {
  Response(
    .ok, [.contentType: Format.ndjson.contentType, .cacheControl: "private, no-cache"],
    .stream(source))
}

private func summary(_ record: Import) -> [UInt8] {
  Array("{\"summary\":".utf8) + record.json + "}\n".utf8
}

private let template: [UInt8] = {
  var csv = CSVWriter()
  for (column, _) in credentialTemplate { csv.cell(column) }
  csv.endRecord()
  for (_, example) in credentialTemplate { csv.cell(example) }
  csv.endRecord()
  return csv.bytes
}()
