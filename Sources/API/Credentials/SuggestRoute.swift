internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// What whoever types into a search box may want to type in full.
func suggestRoute(_ registry: Registry, _ noun: Noun, _ path: String, _ operation: String) -> Route
{
  Route(.get, "/v1/\(path)/suggest", operation, on: .worker) { request in
    var parameters = try Parameters(request, noun)
    let (text, limit) = try parameters.typed()
    var json = JSONWriter()
    json.beginObject()
    json.name("items")
    json.beginArray()
    for suggestion in try registry.suggestions(noun, typing: text, limit: limit) {
      json.beginObject()
      json.name("text")
      json.string(suggestion.text)
      json.name("kind")
      json.string(suggestion.kind.rawValue)
      json.name("count")
      json.integer(Int64(suggestion.count))
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return try formatted(.json, json.bytes).conditional(request, contentTag(json.bytes), .anyone)
  }
}

extension Parameters {
  /// What is being typed, and how many suggestions are wanted.
  fileprivate mutating func typed() throws(RequestError) -> (text: String, limit: Int) {
    let text = take("q")
    if text == nil { refuse("q", "q is what has been typed so far.") }
    let limit = integer("limit", 1...50, else: 10)
    for (name, _) in given { refuseUnknown(name, ["q", "limit"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (text ?? "", limit)
  }
}
