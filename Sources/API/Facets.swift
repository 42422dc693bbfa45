internal import JSON
internal import Registry

/// `facets` beside a list's items: by member, each value and how many items have it; and where they are limited,
/// how many values there are beside them.
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
  guard facets.contains(where: { $0.more != nil }) else { return }
  json.name("facets_more")
  json.beginObject()
  for facet in facets {
    json.name(facet.name)
    json.integer(Int64(facet.more ?? 0))
  }
  json.endObject()
}
