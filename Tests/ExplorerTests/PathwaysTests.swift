import HTTPTypes
import Testing
import Wire

@testable import Explorer

@Suite("/pathways") struct PathwaysTests {
  let reader: Reader

  /// A welder is who has TIG welding and first aid, or rigging.
  init() throws {
    reader = try Reader()
    let writer = try reader.writer()
    for (path, body) in [
      ("credentials", #"{"slug":"first-aid","title":"First aid","workload":{"hours":8}}"#),
      ("credentials", #"{"slug":"rigging","title":"Rigging"}"#),
      ("credentials", #"{"slug":"tig-welding","title":"TIG <welding>"}"#),
      ("credentials", #"{"slug":"welder","title":{"de":"Schweißer"},"kind":"full_qualification"}"#),
      (
        "stacking-rules",
        #"{"kind":"accumulates_to","target":"welder","groups":[{"components":["tig-welding"]},{"components":["first-aid","rigging"],"at_least":1}],"jurisdiction":"DK","legal_basis":"Act 4"}"#
      ),
    ] {
      #expect(try reader.respond(.post, "/v1/\(path)", writer, body).status == 201)
    }
  }

  @Test func `a plan is told step by step, with its rule, and what isn't stated as such`() throws {
    let page = try reader.get("/pathways?held=tig-welding&goal=welder&country=DK").text
    #expect(page.contains("<a href=\"/credentials/first-aid\">First aid</a> · 8 hours"))
    #expect(page.contains("<span lang=\"de\">Schweißer</span>"))
    #expect(page.contains("From TIG &lt;welding&gt;, First aid"))
    #expect(
      page.contains("legal basis: Act 4 · source: <span class=\"not-stated\">not stated</span>"))
    #expect(page.contains("hours of 1 step not stated"))
  }

  @Test func `what someone holds is found by words and chosen by a link that keeps the rest`()
    throws
  {
    let page = try reader.get("/pathways?goal=welder&find=tig").text
    #expect(page.contains("href=\"/pathways?goal=welder&amp;held=tig-welding\""))
    let chosen = try reader.get("/pathways?goal=welder&held=tig-welding").text
    #expect(chosen.contains("<input type=\"hidden\" name=\"held\" value=\"tig-welding\">"))
    #expect(chosen.contains("href=\"/pathways?goal=welder\">Remove"))
  }

  @Test func `a level and a field are a goal, too`() throws {
    let page = try reader.get("/pathways?level=8&lang=de").text
    #expect(page.contains("&quot;framework&quot;: &quot;EQF&quot;"))
    #expect(page.contains("Keine Regel im Register"))
  }

  @Test func `what the API refuses is told with its words`() throws {
    let page = try reader.get("/pathways?held=none&goal=welder")
    #expect(page.status == 422)
    #expect(page.text.contains("none"))
  }

  @Test func `every country's rules can be chosen, in the page's language`() throws {
    let page = try reader.get("/pathways?lang=fr").text
    for name in ["Danemark", "Suède", "Zambie"] { #expect(page.contains(">\(name)</option>")) }
  }
}
