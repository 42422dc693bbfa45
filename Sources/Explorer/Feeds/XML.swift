internal import API
internal import HTTP
internal import HTTPTypes

extension Explorer {
  /// An answer of XML that `made` makes; what a page would be refused with is refused.
  func xmlRoute(
    _ template: String, _ operation: String, _ type: String,
    _ made: @escaping @Sendable (Visit) throws -> HTML
  ) -> Route {
    Route(.get, template, operation, on: .worker) { request in
      let visit = try Visit(request, settings, ask)
      do {
        let document: HTML = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\(try made(visit))\n"
        return try Response(
          .ok,
          [.contentType: "\(type); charset=utf-8", .vary: "Accept-Encoding, Accept-Language"],
          body: Array(document.markup.utf8)
        ).conditional(request)
      } catch PageError.refused(let answer) {
        return answer
      }
    }
  }
}

extension String {
  /// Without the characters that no XML document may have (XML 1.0 §2.2), however they are written.
  var inXML: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: text.append(scalar)
      default: break
      }
    }
    return String(text)
  }
}
