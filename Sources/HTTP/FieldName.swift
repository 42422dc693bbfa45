public import HTTPTypes

extension HTTPField.Name {
  /// A name that swift-http-types doesn't have, where this program writes it down: a token (RFC 9110 §5.1).
  public static func token(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no token.") }
    return name
  }
}
