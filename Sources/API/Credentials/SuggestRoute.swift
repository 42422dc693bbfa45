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
