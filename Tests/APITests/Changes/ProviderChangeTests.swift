import API
import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/changes and an item's change of provider") struct ProviderChangeTests {
  let api: TestAPI
  let admin: [String: String]
  /// Of Old School, whose the item is, and New School, whose it becomes.
  let old: [String: String]
  let new: [String: String]

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
    old = try api.provider("Old School").fields
    new = try api.provider("New School").fields
  }

  /// Changes that are told behind `since`.
  private func changes(
    _ query: String, since: Int, _ fields: [String: String] = [:]
  ) throws -> [JSON] {
    let answer = try api.respond(.get, "/v1/changes?since=\(since)\(query)", fields)
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items ?? []
  }

  private var last: Int {
    get throws { Int(try api.get("/v1/changes?limit=1000").json["last"]?.number ?? -1) }
  }

  /// Has the item be New School's, and says what was the last change before that.
  private func move(_ status: String) throws -> Int {
    try api.write(
      .post, "/v1/credentials", #"{"title": "T", "note": "n", "status": "\#(status)"}"#, old)
    let start = try last
    try api.write(.patch, "/v1/credentials/t", #"{"provider": "new-school"}"#, admin)
    return start
  }

  @Test(arguments: [
    "&provider=old-school", "&provider=new-school", "&provider=!old-school",
    "&provider=!new-school", "&provider=old-school,new-school", "&noun=credential", "",
    "&provider=old-school&noun=credential",
  ])
  func `who follows either provider is told of what changes hands`(query: String) throws {
    let start = try move("published")
    for reader in [[:], old, new, admin] {
      let told = try changes(query, since: start, reader)
      try #require(told.count == 1, "\(told)")
      #expect(told[0]["provider"] == "new-school")
      #expect(told[0]["before"] == .object(["provider": "old-school"]))
      #expect(told[0]["after"] == .object(["provider": "new-school"]))
    }
  }

  @Test func `and of nothing that comes after it, nor of others`() throws {
    let start = try move("published")
    try api.write(.patch, "/v1/credentials/t", #"{"note": "m"}"#, new)
    try api.write(.post, "/v1/credentials", #"{"title": "Other"}"#, new)
    #expect(try changes("&provider=old-school", since: start).count == 1)
    #expect(try changes("&provider=!new-school", since: start).count == 1)
    #expect(try changes("&provider=new-school", since: start).count == 3)
    #expect(try changes("&provider=null", since: start).isEmpty)
    #expect(try changes("&provider=!old-school,new-school", since: start).isEmpty)
  }

  @Test(arguments: ["", "&provider=old-school"])
  func `who loses a draft is told that it went, and not where to`(query: String) throws {
    let start = try move("draft")
    let told = try changes(query, since: start, old)
    try #require(told.count == 1, "\(told)")
    #expect(told[0]["slug"] == "t" && told[0]["provider"] == "old-school")
    #expect(told[0]["before"] == .object(["provider": "old-school"]))
    #expect(told[0]["after"] == .null)
    #expect(try changes("&provider=new-school", since: start, old).isEmpty)
  }

  @Test(arguments: ["", "&provider=new-school"])
  func `who gets a draft is told of it as if it had been made then`(query: String) throws {
    let start = try move("draft")
    let told = try changes(query, since: start, new)
    try #require(told.count == 1, "\(told)")
    #expect(told[0]["before"] == .null && told[0]["provider"] == "new-school")
    #expect(told[0]["after"]?["title"] == .object(["en": "T"]))
    #expect(told[0]["after"]?["note"] == "n")
    #expect(try changes("&provider=old-school", since: start, new).isEmpty)
  }

  @Test func `of a draft that changes hands others hear nothing, and admins everything`() throws {
    let start = try move("draft")
    let stranger = try api.provider("Third School").fields
    for reader in [[:], stranger] {
      #expect(try changes("&noun=credential", since: start, reader).isEmpty)
      #expect(try changes("&provider=old-school", since: start, reader).isEmpty)
    }
    let told = try changes("&noun=credential", since: start, admin)
    #expect(told.map { $0["before"] } == [.object(["provider": "old-school"])])
    // Published, it is new to everyone, and to its old provider.
    try api.write(.patch, "/v1/credentials/t", #"{"status": "published"}"#, new)
    for reader in [[:], stranger, old] {
      let told = try changes("&noun=credential", since: start, reader)
      #expect(told.last?["before"] == .null)
      #expect(told.last?["after"]?["title"] == .object(["en": "T"]))
    }
  }

  @Test func `what is taken back and changes hands at once is gone for everyone but its owner`()
    throws
  {
    try api.write(.post, "/v1/credentials", #"{"title": "T", "note": "n"}"#, old)
    let start = try last
    try api.write(
      .patch, "/v1/credentials/t", #"{"provider": "new-school", "status": "draft"}"#, admin)
    for reader in [[:], old] {
      for query in ["", "&provider=old-school"] {
        let told = try changes(query, since: start, reader)
        try #require(told.count == 1, "\(told)")
        #expect(told[0]["before"] == .object(["status": "published"]))
        #expect(told[0]["after"] == .null && told[0]["provider"] == "old-school")
      }
    }
    let told = try changes("", since: start, new)
    #expect(told.first?["after"] == .object(["status": "draft", "provider": "new-school"]))
  }

  @Test func `once the old one is merged, the survivor's feed has what it lost`() throws {
    let start = try move("published")
    _ = try api.provider("Third School")
    try api.write(.post, "/v1/providers/old-school:merge", #"{"into": "third-school"}"#, admin)
    let told = try changes("&provider=third-school&noun=credential", since: start)
    #expect(told.map { $0["before"] } == [.object(["provider": "old-school"])])
  }
}

@Suite("webhooks and an item's change of provider", .enabled(if: TestAPI.isInProcess))
struct ProviderChangeWebhookTests {
  @Test func `who loses a draft to another is told that it went, and that one of all of it`() throws
  {
    let all = try Delivering(empty: false)
    try all.post("One", "Two")
    let one = try all.api.writer(.provider(slug: "one"))
    let lost = try all.webhook(at: "/lost", by: one)
    let got = try all.webhook(at: "/got", by: try all.api.writer(.provider(slug: "two")))
    try all.api.write(.post, "/v1/credentials", #"{"title": "A", "status": "draft"}"#, one)
    try all.api.write(.patch, "/v1/credentials/a", #"{"provider": "two"}"#, all.admin)
    all.deliveries.ring()
    _ = try all.attempts(of: lost, 2)
    _ = try all.attempts(of: got, 1)
    let data = { (target: String) in
      all.receiver.all.filter { $0.target == target }.map { $0.json["data"] ?? .null }
    }
    #expect(data("/lost").map { $0["after"]?["title"]?["en"] } == ["A", nil])
    #expect(data("/lost").last?["after"] == .null)
    #expect(data("/got").map { $0["before"] } == [.null])
    #expect(data("/got").map { $0["after"]?["title"]?["en"] } == ["A"])
  }
}
