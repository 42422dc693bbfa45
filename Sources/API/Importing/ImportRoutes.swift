internal import HTTP
internal import HTTPTypes
internal import Logging
public import Registry
internal import Synchronization

/// Many items at once, and what became of them.
func importRoutes(
  _ registry: Registry, _ writes: Registry, _ settings: API.Settings
) -> [Route] {
  [
    importRoute(registry, settings, .credential, "credentials", "importCredentials"),
    importRoute(registry, settings, .provider, "providers", "importProviders"),
    Route(.get, "/v1/credentials/template.csv", "getCredentialTemplate", on: .worker) { request in
      try represented(Format.csv.contentType, template)
        .conditional(request, contentTag(template), .anyone)
    },
    Route(
      .get, "/v1/imports/{id}", "getImport", on: .worker, unless: { $0.method == .head }
    ) { request in
      let author = try registry.key(of: request)
      let record = try registry.importRecord(request.path("id"), for: author)
      // A HEAD asks where to go on: so nothing else does any more, and the client may forget what came before.
      if request.method == .head, record.received != nil {
        try registry.continueUpload(record).keep()
      }
      return answer(.ok, record)
        .telling(uploaded: record.received, most: settings.limits.stream)
    },
    Route(.get, "/v1/imports/{id}/results", "getImportResults", on: .worker) { request in
      let author = try registry.key(of: request)
      let record = try registry.importRecord(request.path("id"), for: author)
      return try lines(registry.results(of: record)).coded(request)
    },
  ] + uploadRoutes(registry, writes, settings)
}

private func importRoute(
  _ registry: Registry, _ settings: API.Settings, _ kind: Writable, _ path: String,
  _ operation: String
) -> Route {
  Route(streamed: .post, "/v1/\(path):import", operation) { request in
    let author = try registry.author(of: request)
    let order = try ImportOrder(kind, ImportOptions(request), by: author, settings.importQuota)
    let fields = try UploadFields(request)
    let pass = try registry.admit(order, isCounted: request[.idempotencyKey] == nil)
    if let fields {
      return try uploadSink(registry, settings, request, fields, order).then(pass.leave)
    }
    return try importSink(registry, settings, request, order).then(pass.leave)
  }
}

/// Takes the whole body of an import.
private func importSink(
  _ registry: Registry, _ settings: API.Settings, _ request: Request, _ order: ImportOrder
) throws -> BodySink {
  let (id, spool) = try registry.newSpool()
  let intake = try Intake(request.contentCoding(), spool, most: settings.limits.stream)
  let stated: [(field: HTTPField.Name, sha256: String?)] = try [
    (.contentDigest, request.statedSHA256(.contentDigest)),
    (.reprDigest, request.statedSHA256(.reprDigest)),
  ]
  let isDigested = request[.idempotencyKey] != nil || stated.contains { $0.sha256 != nil }
  let digest = isDigested ? ContentDigest() : nil
  return BodySink(
    take: { piece in
      digest?.add(piece)
      try intake.take(piece)
    },
    finish: {
      var order = order
      if let sha256 = digest?.sha256 {
        for (field, said) in stated { try hold(sha256, to: said, field) }
        order.once = try request.importKey(body: sha256)
      }
      try intake.finish()
      let begun = try registry.begin(id, spool, order)
      return try answer(begun, registry, settings, request, order.author)
    })
}

/// What became of the rows as they are applied, or where that can be asked for.
func answer(
  _ begun: BegunImport, _ registry: Registry, _ settings: API.Settings, _ request: Request,
  _ author: Key
) throws -> Response {
  let isAsynchronous = request.prefers("respond-async")
  var response: Response
  let address: String
  switch begun {
  case .earlier(let id):
    let record = try registry.importRecord(id, for: author)
    address = "/v1/imports/\(id)"
    let isOver = record.state != .applying && record.received == nil
    response =
      isOver && !isAsynchronous
      ? lines(registry.results(of: record)) : answer(.accepted, record)
    response.fields[.idempotencyReplayed] = "true"
  case .new(let kept, let standing):
    address = "/v1/imports/\(kept.id)"
    if isAsynchronous {
      kept.continueInBackground { settings.log($0, kept.id) }
      response = answer(.accepted, try registry.importRecord(kept.id, for: author))
    } else {
      let applying = Applying(kept) { settings.log($0, kept.id) }
      response = lines(
        BodySource { piece in
          if try applying.next(&piece) { return true }
          piece += summary(try registry.importRecord(kept.id, for: author))
          return false
        })
    }
    response.fields.append(contentsOf: standing?.fields ?? [])
  }
  if response.status == .accepted {
    response.fields[.location] = address
    if isAsynchronous { response.fields[.preferenceApplied] = "respond-async" }
  } else {
    response.fields[.contentLocation] = address
  }
  return response
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

extension BodySink {
  /// The same, with `work` behind its answer or where there is none.
  fileprivate func then(_ work: @escaping @Sendable () -> Void) -> BodySink {
    BodySink(
      take: take,
      finish: {
        defer { work() }
        return try finish()
      })
  }
}

extension Request {
  /// What makes an import the same one again, with what is said of its body.
  func importKey(body: String) throws(RequestError) -> IdempotencyKey? {
    guard let text = try idempotencyText() else { return nil }
    let asked = [
      target.path, target.query ?? "", self[.contentType] ?? "", self[.contentEncoding] ?? "",
      statedLanguage(self), body,
    ]
    return IdempotencyKey(text, request: Array(asked.joined(separator: "\n").utf8))
  }

  /// RFC 7240 §2, for preferences without a value.
  fileprivate func prefers(_ preference: String) -> Bool {
    (self[.prefer] ?? "").split(separator: ",").contains { part in
      let token = part.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
      return token.lowercased() == preference
    }
  }
}

extension API.Settings {
  /// Notes why the import `id` waits.
  public func log(_ error: RegistryError, _ id: String) {
    logger.error("import waits", metadata: ["import.id": "\(id)", "cause": "\(error)"])
  }
}

func answer(_ status: HTTPResponse.Status, _ record: Import) -> Response {
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
  // By which a spreadsheet knows UTF-8 when the file is opened with it.
  return byteOrderMark + csv.bytes
}()
