// An item as it was on a day of the past.

extension Visit {
  /// That the page shows a day of the past, and where today's is.
  func pastNotice(_ here: Address, _ day: String?) -> HTML {
    day.map {
      """
      <p class="notice">\(say("as_of.shown")) \(date($0)). <a href="\(link(here))">\(say("as_of.now"))</a></p>
      """
    } ?? .nothing
  }

  /// A form for the past.
  func asOfForm(_ here: Address, _ day: String?) -> HTML {
    """
    <form class="as-of" action="\(here.path)">
    \(isLanguageChosen ? "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">" : .nothing)
    <label for="as_of">\(say("as_of.label"))</label>
    <input id="as_of" name="as_of" type="date" value="\(day.map { String($0.prefix(10)) } ?? "")" required>
    <button class="plain">\(say("as_of.show"))</button>
    </form>
    """
  }
}
