public import JSON

/// One thing that is wrong with a question or with what was to be stored.
public struct Violation: Equatable, Sendable {
  public enum Place: Equatable, Sendable {
    /// An RFC 6901 JSON Pointer into the body.
    case pointer(String)
    /// A query parameter's name.
    case parameter(String)
  }

  public let place: Place
  /// A sentence that says what would be right.
  public let detail: String

  public init(_ place: Place, _ detail: String) {
    self.place = place
    self.detail = detail
  }

  /// The same, of a value that stands at `pointer` in another.
  func within(_ pointer: String) -> Violation {
    guard case .pointer(let place) = place else { return self }
    return Violation(.pointer(pointer + place), detail)
  }

  /// As the object that answers tell it by.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    switch place {
    case .pointer(let pointer):
      json.name("pointer")
      json.string(pointer)
    case .parameter(let name):
      json.name("parameter")
      json.string(name)
    }
    json.name("detail")
    json.string(detail)
    json.endObject()
  }
}
