internal import JSON
internal import Registry

/// `facets` beside a list's items: by member, each value and how many items have it.
func write(_ facets: [Facet], to json: inout JSONWriter) {
  json.name("facets")
  json.beginObject()
  for facet in facets {
    json.name(facet.name)
    json.beginArray()
    for count in facet.counts {
      json.beginObject()
      json.name("value")
      json.value(count.value)
      json.name("count")
      json.integer(Int64(count.count))
      json.endObject()
    }
    json.endArray()
  }
  json.endObject()
}
