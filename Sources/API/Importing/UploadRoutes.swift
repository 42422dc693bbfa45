internal import Dispatch
internal import HTTP
internal import HTTPTypes
internal import Registry

/// Imports whose bodies come in several requests: whoever's connection broke asks how far it came, and goes on.
func uploadRoutes(
  _ registry: Registry, _ writes: Registry, _ settings: API.Settings
) -> [Route] {
  [
    Route(streamed: .patch, "/v1/imports/{id}", "appendToImport") { request in
      let author = try registry.author(of: request)
      guard request[.contentType].flatMap(MediaType.init)?.text == partialUpload else {
        throw RequestError.unsupportedMediaType(taken: partialUpload, .acceptPatch)
      }
      guard let fields = try UploadFields(request), let offset = fields.offset else {
        throw RequestError.badField(
          "Upload-Offset", rule: "It says where the content begins, and Upload-Complete ends it.")
      }
      let record = try registry.importRecord(request.path("id"), for: author)
      guard record.received != nil else { throw RequestError.uploadComplete }
      let part = try registry.continueUpload(record)
      guard part.start == offset else { throw RequestError.otherOffset(part.start) }
      return try Receiving(
        registry: registry, settings: settings, author: author, request: request, record: record,
        part: part, isLast: fields.isLast
      ).sink()
    },
    Route(
      .delete, "/v1/imports/{id}", "cancelImport", on: .together,
      ahead: { request in { try cancel(request, writes) } }
    ) { request in try cancel(request, writes)() },
  ]
}

/// Gives an upload up; its files go once that lasts, beside the loop that answers, since long ones take their time.
private func cancel(
  _ request: Request, _ writes: Registry
) throws -> @Sendable () -> Response {
  let author = try writes.author(of: request)
  let record = try writes.importRecord(request.path("id"), for: author)
  guard record.received != nil else { throw RequestError.uploadComplete }
  // Ends what another request still adds; refused where one has begun to complete it.
  _ = try writes.continueUpload(record)
  try writes.forgetUpload(record)
  return {
    DispatchQueue.global().async { writes.removeFiles(of: record) }
    return Response(.noContent)
  }
}

let partialUpload = "application/partial-upload"

/// Takes the first part of an upload, which may be empty.
func uploadSink(
  _ registry: Registry, _ settings: API.Settings, _ request: Request, _ fields: UploadFields,
  _ order: ImportOrder
) throws -> BodySink {
  var order = order
  // What comes later isn't known yet, so the same key means the same upload.
  order.once = try request.importKey(body: "")
  let coding = try request.contentCoding()?.rawValue
  let (id, isRepeated) = try registry.beginUpload(
    order, coding: coding, sha256: try request.statedSHA256(.reprDigest))
  let author = order.author
  let record = try registry.importRecord(id, for: author)
  if isRepeated {
    // Its content came with the first request, as far as it did.
    return BodySink(
      take: { _ in },
      finish: {
        var response = created(try registry.importRecord(id, for: author), settings)
        response.fields[.idempotencyReplayed] = "true"
        return response
      })
  }
  return try Receiving(
    registry: registry, settings: settings, author: author, request: request, record: record,
    part: registry.continueUpload(record), isLast: fields.isLast
  ).sink()
}

/// One request's part of an upload.
private struct Receiving: Sendable {
  let registry: Registry
  let settings: API.Settings
  let author: Key
  let request: Request
  let record: Import
  let part: UploadPart
  let isLast: Bool

  func sink() throws -> BodySink {
    let stated = try request.statedSHA256(.contentDigest)
    let whole = try request.statedSHA256(.reprDigest) ?? record.sha256
    let digest = stated == nil ? nil : ContentDigest()
    let most = settings.limits.stream
    return BodySink(
      take: { piece in
        guard part.end + piece.count <= most else { throw Refusal.bodyTooLarge(most: most) }
        digest?.add(piece)
        try part.append(piece)
      },
      finish: {
        if let digest {
          do { try hold(digest.sha256, to: stated, .contentDigest) } catch {
            try part.takeBack()
            throw error
          }
        }
        try part.keep()
        if isLast { return try part.complete { try complete(whole) } }
        if request.method == .patch {
          return Response(.noContent).telling(uploaded: part.end, most: most)
        }
        return created(try registry.importRecord(record.id, for: author), settings)
      })
  }

  /// All of the upload has come: it becomes an import, or is no good and given up.
  private func complete(_ sha256: String?) throws -> Response {
    guard try registry.importRecord(record.id, for: author).received != nil else {
      throw RequestError.uploadComplete
    }
    do {
      if let sha256 {
        let digest = ContentDigest()
        try part.each(digest.add)
        try hold(digest.sha256, to: sha256, .reprDigest)
      }
      let order = try registry.order(record, settings.importQuota)
      let begun = try registry.begin(record.id, rows(), order)
      registry.endUpload(record)
      return try answer(begun, registry, settings, request, author)
        .telling(uploaded: nil, most: settings.limits.stream)
    } catch {
      // What is wrong with its bytes, or with what they say of columns, stays wrong.
      switch error {
      case is RequestError, is Refusal, RegistryError.invalid: try registry.dropUpload(record)
      default: break
      }
      throw error
    }
  }

  private func rows() throws -> Spool {
    let spool = try registry.rowSpool(record)
    guard let coding = record.coding.flatMap(ContentCoding.init(named:)) else { return spool }
    let intake = try Intake(coding, spool, most: settings.limits.stream)
    try part.each(intake.take)
    try intake.finish()
    return spool
  }
}

private func created(_ record: Import, _ settings: API.Settings) -> Response {
  var response = answer(.created, record)
    .telling(uploaded: record.received, most: settings.limits.stream)
  response.fields[.location] = "/v1/imports/\(record.id)"
  return response
}
