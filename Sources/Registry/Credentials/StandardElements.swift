internal import JSON

/// Which elements of the European standard (2022/C 243/02, Annex I) a credential states.
struct StandardElements {
  private(set) var stated = 0
  /// Codes of the vocabulary annex1_element.
  private(set) var missing: [String] = []
  var of: Int { stated + missing.count }

  fileprivate mutating func note(_ element: String, _ isStated: Bool) {
    if isStated { stated += 1 } else { missing.append(element) }
  }

  /// As JSON.
  var text: String {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.name("stated")
    json.integer(Int64(stated))
    json.name("of")
    json.integer(Int64(of))
    json.name("missing")
    json.beginArray()
    for element in missing { json.string(element) }
    json.endArray()
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

/// The elements that a credential can carry; learner, date of issuing and grade are an award's.
func standardElements(of document: Document) -> StandardElements {
  let awarding = document.items("awarding_bodies")
  var elements = StandardElements()
  elements.note("title", document["title"] != nil)
  elements.note(
    "issuer_country", document["provider"] != nil || awarding.contains { $0["country"] != nil })
  elements.note("awarding_body", !awarding.isEmpty)
  elements.note("learning_outcomes", !document.items("learning_outcomes").isEmpty)
  elements.note("workload", document["workload"] != nil || document["credit"]?["points"] != nil)
  elements.note("level", !document.items("levels").isEmpty)
  elements.note("assessment", !document.items("assessment_types").isEmpty)
  elements.note("participation", !document.items("participation").isEmpty)
  elements.note("quality_assurance", !document.items("quality_assurance_types").isEmpty)
  elements.note("prerequisites", document["prerequisites"] != nil)
  elements.note("supervision", document["supervision"] != nil)
  elements.note("integration", document["integration"] != nil)
  elements.note(
    "further_information", document["description"] != nil || document["homepage"] != nil)
  return elements
}
