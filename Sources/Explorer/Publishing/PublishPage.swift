internal import JSON

/// `/publish`: what a provider does with its key, in the browser.
///
/// The key never leaves the page but in the requests' Authorization; the module keeps it nowhere.
@Sendable func publish(_ visit: Visit) throws -> Page {
  Page(
    title: visit.say("publish.title"), description: visit.say("publish.lead"),
    modules: ["publish.js"],
    main: """
      <h1>\(visit.say("publish.title"))</h1>
      <p class="lead">\(visit.say("publish.lead"))</p>
      <noscript><p class="card">\(visit.say("publish.noscript")) <a href="\(visit.link("/docs/providers"))">\
      \(visit.say("guide.providers"))</a></p></noscript>
      <div id="publishing" class="scripted" \(visit.words)>
      <div class="field"><label for="key">\(visit.say("docs.key"))</label>
      <p class="hint" id="key-hint">\(visit.say("publish.key.hint"))</p>
      <input id="key" type="password" autocomplete="off" aria-describedby="key-hint"></div>
      <section><h2>\(visit.say("publish.one"))</h2>\(try visit.credentialForm())</section>
      <section><h2>\(visit.say("publish.many"))</h2>\(visit.fileForm)</section>
      </div>
      """)
}

extension Visit {
  /// What the module says, so that it needs no messages of its own.
  fileprivate var words: HTML {
    let keys = [
      "stored", "look", "failed", "no_key", "problems", "checking", "importing", "rows_ok", "line",
      "result", "detail", "created", "updated", "unchanged", "skipped", "rejected", "more", "done",
      "import_now", "not_stored",
    ]
    let words = JSONValue.object(
      keys.map { .init(name: $0, value: .string(say("publish.\($0)"))) })
    return "data-words=\"\(String(decoding: words.bytes, as: UTF8.self))\""
  }

  fileprivate func credentialForm() throws -> HTML {
    let sectors = try read(
      Address(
        "/v1/sectors", [("level", "section"), ("fields", "code,name"), ("limit", "50")]))
    let sections = (sectors["items"]?.items ?? []).map { sector in
      option(
        sector["code"]?.string ?? "",
        "\(sector["code"]?.string ?? "") \(plain(sector["name"]) ?? "")", isChosen: false)
    }
    return """
      <form id="credential" novalidate>
      <div class="problems" role="alert" tabindex="-1"></div>
      <div class="grid">
      \(field("title", "/title", isRequired: true))
      \(field("text_language", "/title", value: language.rawValue, hint: "publish.text_language.hint"))
      \(area("description", "/description"))
      \(choice("kind", "/kind", try codes("credential_kind", "kind")))
      \(choice("status", "/status", try codes("credential_status", "status").filter { !$0.markup.contains("withdrawn") }))
      \(field("countries", "/countries", hint: "publish.countries.hint"))
      \(choice("sector", "/sector", sections))
      \(field("workload_hours", "/workload", hint: "publish.workload_hours.hint", mode: "decimal"))
      \(choice("credit_system", "/credit", try codes("credit_system", "credit_system")))
      \(field("credit_points", "/credit", mode: "decimal"))
      \(field("levels", "/levels", hint: "publish.levels.hint"))
      \(area("learning_outcomes", "/learning_outcomes", hint: "publish.learning_outcomes.hint"))
      \(choice("integration", "/integration", try codes("integration", "integration")))
      \(choice("assessed_by", "/assessed_by", try codes("assessed_by", "assessed_by")))
      \(field("homepage", "/homepage", mode: "url"))
      \(field("external_id", "/external_id", hint: "publish.external_id.hint"))
      \(field("provider", "/provider", hint: "publish.provider.hint"))
      </div>
      <fieldset data-pointer="/participation"><legend>\(say("field.participation"))</legend>\
      \(try boxes("participation"))</fieldset>
      <p><button>\(say("publish.post"))</button></p>
      <div class="outcome" role="status"></div>
      </form>
      """
  }

  private func label(_ name: String) -> String {
    name == "text_language" ? say("publish.text_language") : say("field.\(name)")
  }

  private func field(
    _ name: String, _ pointer: String, value: String = "", hint: String? = nil,
    mode: String = "text", isRequired: Bool = false
  ) -> HTML {
    """
    <div class="field" data-pointer="\(pointer)"><label for="f-\(name)">\(label(name))</label>
    <input id="f-\(name)" name="\(name)" value="\(value)" inputmode="\(mode)"\(described(name, hint))\
    \(isRequired ? " required" : "")>\(note(name, hint))</div>
    """
  }

  private func area(_ name: String, _ pointer: String, hint: String? = nil) -> HTML {
    """
    <div class="field wide" data-pointer="\(pointer)"><label for="f-\(name)">\(label(name))</label>
    <textarea id="f-\(name)" name="\(name)" rows="3"\(described(name, hint))></textarea>\(note(name, hint))</div>
    """
  }

  private func choice(_ name: String, _ pointer: String, _ options: [HTML]) -> HTML {
    """
    <div class="field" data-pointer="\(pointer)"><label for="f-\(name)">\(label(name))</label>
    <select id="f-\(name)" name="\(name)"><option value="">\(say("not_stated"))</option>\(options)</select></div>
    """
  }

  private func described(_ name: String, _ hint: String?) -> HTML {
    hint == nil ? "" : " aria-describedby=\"h-\(name)\""
  }

  private func note(_ name: String, _ hint: String?) -> HTML {
    hint.map { "<p class=\"hint\" id=\"h-\(name)\">\(say($0))</p>" } ?? ""
  }

  private func boxes(_ name: String) throws -> HTML {
    let codes = try read(Address("v1", "vocabularies", name))["values"]?.items ?? []
    let boxes = codes.compactMap { $0["code"]?.string }.map { code in
      """
      <label class="check"><input type="checkbox" name="\(name)" value="\(code)"> \(word(name, code))</label>
      """ as HTML
    }
    return "\(boxes)"
  }

  private func codes(_ vocabulary: String, _ list: String) throws -> [HTML] {
    let codes = try read(Address("v1", "vocabularies", vocabulary))["values"]?.items ?? []
    return codes.compactMap { $0["code"]?.string }.map {
      option($0, word(list, $0), isChosen: false)
    }
  }

  fileprivate var fileForm: HTML {
    """
    <p><a href="/v1/credentials/template.csv" download>\(say("publish.template"))</a></p>
    <form id="file">
    <div class="drop"><label for="f-file">\(say("publish.drop"))</label>
    <p class="hint" id="h-file">\(say("publish.drop.hint"))</p>
    <input id="f-file" type="file" name="file" aria-describedby="h-file" \
    accept=".csv,.tsv,.txt,.ndjson,.jsonl,.gz,text/csv,application/x-ndjson"></div>
    <p><button>\(say("publish.dry_run"))</button></p>
    <div class="outcome" role="status"></div>
    </form>
    """
  }
}
