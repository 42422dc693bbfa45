import JSON
import Testing
import Wire

@Suite("/providers/{slug}") struct ProviderPageTests {
  let reader: Reader

  init() throws {
    reader = try Reader()
    try reader.fill()
  }

  @Test(arguments: [
    "<h1>Welding School</h1>", "<span lang=\"da\">Svejseskolen</span>",
    "ROR: <a href=\"https://ror.org/05a28rw58\"", "VAT number: <code>DK1</code>",
    "Verified by an authority (Ministry), <time datetime=\"2026-10-01\">1 October 2026</time>",
    "Institution has a licence, Agency, valid until <time",
    "<a href=\"/credentials?provider=welding-school\">1 published credential</a>",
    "<a href=\"/credentials/tig-welding\">TIG &lt;welding&gt; &amp; more</a>",
    "<th scope=\"row\">Manufacturing</th><td class=\"number\">1</td><td class=\"number\">100 %</td>",
    "<dt>Source</dt><dd><span class=\"not-stated\">not stated</span></dd>",
    "<strong>Added</strong>",
  ])
  func `its page tells who it is, who says so, and what it offers`(text: String) throws {
    let page = try reader.get("/providers/welding-school")
    #expect(page.status == 200)
    #expect(page.text.contains(text))
  }

  @Test func `search engines are told that it is an organization`() throws {
    let data = try linkedData(reader.get("/providers/welding-school").text)
    #expect(data["@type"] == "Organization")
    #expect(data["url"] == "https://welding.example")
    #expect(data["address"]?["addressCountry"] == "DK")
  }

  @Test func `one that isn't there is a page that says so`() throws {
    #expect(try reader.get("/providers/none").status == 404)
  }
}
