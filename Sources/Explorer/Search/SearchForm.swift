extension Visit {
  /// The box for words; what else was asked stays as it is.
  func searchForm(
    _ question: SearchQuestion? = nil, at path: String = "/credentials",
    label: String = "search.label"
  ) -> HTML {
    """
    <form class="search" role="search" action="\(path)">
    <label for="q">\(say(label))</label>
    <div class="box">
    <input id="q" name="q" type="search" value="\(question?.words ?? "")" autocomplete="off" \
    data-suggestions="\(say("search.suggestions"))" data-count="\(say("search.suggestions.count"))">
    <button>\(say("search.go"))</button>
    </div>
    <div class="kept">\(question.map { hidden($0.with("q", nil)) } ?? chosenLanguage)</div>
    </form>
    """
  }

  /// The parameters of an address as what a form sends along.
  func hidden(_ address: Address) -> HTML {
    """
    \(address.parameters.map {
      "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML
    })\(chosenLanguage)
    """
  }
}
