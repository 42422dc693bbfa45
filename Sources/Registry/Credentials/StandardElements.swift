internal import JSON

/// Which elements of the European standard (2022/C 243/02, Annex I) a credential states.
struct StandardElements {
  let stated: Int
  let of: Int
  /// Codes of the vocabulary annex1_element.
  let missing: [String]

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
  let isStated: [(String, Bool)] = [
    ("title", document["title"] != nil),
    ("issuer_country", document["provider"] != nil || awarding.contains { $0["country"] != nil }),
    ("awarding_body", !awarding.isEmpty),
    ("learning_outcomes", !document.items("learning_outcomes").isEmpty),
    ("workload", document["workload"] != nil || document["credit"]?["points"] != nil),
    ("level", !document.items("levels").isEmpty),
    ("assessment", !document.items("assessment_types").isEmpty),
    ("participation", !document.items("participation").isEmpty),
    ("quality_assurance", !document.items("quality_assurance_types").isEmpty),
    ("prerequisites", document["prerequisites"] != nil),
    ("supervision", document["supervision"] != nil),
    ("integration", document["integration"] != nil),
    ("further_information", document["description"] != nil || document["homepage"] != nil),
  ]
  let missing = isStated.filter { !$0.1 }.map(\.0)
  return StandardElements(
    stated: isStated.count - missing.count, of: isStated.count, missing: missing)
}
