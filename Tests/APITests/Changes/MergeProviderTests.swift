import HTTPTypes
import Registry
import Testing
import Wire

// Where it is providers that are one.
extension MergeTests {
  @Test func `what was merged before its provider was goes to the survivor, too`() throws {
    for slug in ["a", "b"] {
      try post(#"{"title": "\#(slug)", "external_id": "\#(slug)"}"#, college)
    }
    // What the survivor has under the same external id keeps it.
    try post(#"{"title": "c", "external_id": "a"}"#, school)
    try post(
      #"{"title": "d", "awarding_bodies": [{"provider": "weld-college"}]}"#, college)
    for slug in ["a", "d"] {
      #expect(try merge("credentials/\(slug)", into: "b", college).status == 200)
    }
    #expect(try merge("providers/weld-college", into: "welding-school").status == 200)
    let list = try api.get(
      "/v1/credentials?status=withdrawn&facets=provider,awarding_body&fields=slug,external_id")
    for facet in ["provider", "awarding_body"] {
      #expect(
        list.json["facets"]?[facet]?.items.compactMap { $0["value"]?.string } == ["welding-school"])
    }
    #expect(
      try api.names("/v1/credentials?status=withdrawn&provider=welding-school") == ["a", "d"])
    #expect(list.json["items"]?.items.first?["external_id"] == .null)
    #expect(try api.get("/v1/credentials/c").json["external_id"] == "a")
    let changes = try api.get("/v1/credentials/b/history").json["items"]?.items ?? []
    let told = changes.filter { $0["slug"] == "a" }.first
    #expect(
      told?["before"]
        == .object(["external_id": "a", "provider": "weld-college"]), "\(changes)")
    #expect(told?["after"] == .object(["external_id": .null, "provider": "welding-school"]))
  }

  @Test func `an authority is told nothing of drafts that keep providers apart, and what helps`()
    throws
  {
    try post(#"{"title": "Hush", "status": "draft", "external_id": "hush-1"}"#, college)
    try post(#"{"title": "Seen", "external_id": "hush-1"}"#, school)
    let authority = try api.writer(.authority(country: "DK"))
    let refused = try merge("providers/weld-college", into: "welding-school", authority)
    #expect(refused.status == 409)
    #expect(!refused.text.contains("hush"), "\(refused.text)")
    #expect(
      refused.text.contains("have weld-college, or an admin, give its own another"),
      "\(refused.text)")
    let named = try merge("providers/weld-college", into: "welding-school")
    #expect(
      named.text.contains("hush and seen have the same external_id: give hush another"),
      "\(named.text)")
    // Of what everyone sees the slugs are told.
    try post(#"{"title": "a", "external_id": "x"}"#, college)
    try post(#"{"title": "b", "external_id": "x"}"#, school)
    let seen = try merge("providers/weld-college", into: "welding-school", authority)
    #expect(
      seen.text.contains("a and b have the same external_id: have weld-college, or an admin,"),
      "\(seen.text)")
    #expect(!seen.text.contains("hush"))
    #expect(
      try merge("providers/weld-college", into: "welding-school").text.contains(
        "a and b have the same external_id: merge these, or give a another"))
    // As it is advised.
    try api.write(.patch, "/v1/credentials/hush", #"{"external_id": "hush-2"}"#, college)
    #expect(try merge("credentials/a", into: "b").status == 200)
    #expect(try merge("providers/weld-college", into: "welding-school", authority).status == 200)
  }
}
