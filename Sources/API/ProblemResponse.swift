internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

extension Problem {
  /// As RFC 9457 writes it.
  func response(requestID: String) -> Response {
    var json = JSONWriter(capacity: 512)
    json.beginObject()
    json.name("type")
    json.string("urn:cairn:problem:" + type)
    json.name("title")
    json.string(title)
    json.name("status")
    json.integer(Int64(status.code))
    json.name("detail")
    json.string(detail)
    if !violations.isEmpty {
      json.name("errors")
      json.beginArray()
      for violation in violations { violation.write(to: &json) }
      json.endArray()
    }
    json.name("request_id")
    json.string(requestID)
    json.endObject()
    json.endLine()
    var fields = fields
    fields[.contentType] = "application/problem+json"
    fields[.cacheControl] = "no-store"
    return Response(status, fields, body: json.bytes)
  }
}
