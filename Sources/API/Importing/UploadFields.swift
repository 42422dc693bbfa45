internal import HTTP
internal import HTTPTypes

/// What a request says of the upload that it is a part of (draft-ietf-httpbis-resumable-upload).
struct UploadFields {
  /// True where nothing comes behind this request's content.
  let isLast: Bool
  /// Where its content begins.
  let offset: Int?

  /// Nil for a request that is no part of any.
  init?(_ request: Request) throws(RequestError) {
    guard let complete = request[.uploadComplete] else { return nil }
    guard ["?0", "?1"].contains(complete) else {
      throw .badField("Upload-Complete", rule: "It is ?1 where nothing more comes, or ?0.")
    }
    isLast = complete == "?1"
    guard let text = request[.uploadOffset] else {
      offset = nil
      return
    }
    guard let number = Int(text), number >= 0, text.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      throw .badField("Upload-Offset", rule: "It is the number of bytes that came before.")
    }
    offset = number
  }
}

extension Response {
  /// With how far the upload is; `offset` is nil once it is over.
  func telling(uploaded offset: Int?, most: Int) -> Response {
    var response = self
    response.fields[.uploadComplete] = offset == nil ? "?1" : "?0"
    if let offset {
      response.fields[.uploadOffset] = "\(offset)"
      response.fields[.uploadLimit] = "max-size=\(most), max-age=86400"
    }
    return response
  }
}
