extension Visit {
  /// The map: a link a country, whose text says what its shade does.
  ///
  /// Patterns tell stages apart, and marks tell numbers, so that nobody needs the colours.
  func drawing(of theme: MapTheme, _ names: Names) -> HTML {
    let europe = Outlines.europe
    var stated: [String: MapTheme.Place] = [:]
    for place in theme.places { stated[place.code] = place }
    let outlines = europe.all.map { outline in
      (outline: outline, place: stated[outline.code] ?? stated[outline.whole])
    }
    return """
      <svg class="map" viewBox="0 0 \(europe.width) \(europe.height)" role="group" \
      aria-label="\(say("map.label", ["title": theme.title]))">
      <defs>\(theme.isPattern ? patterns : .nothing)</defs>
      <g class="countries">
      \(outlines.map { country($0.outline, $0.place, theme, names) })
      </g>
      <g class="marks" aria-hidden="true">\(outlines.map { mark($0.outline, $0.place) })</g>
      </svg>
      """
  }

  /// Dots, stripes, and no pattern: as much ink as there is policy.
  private var patterns: HTML {
    """
    <pattern id="dots" width="9" height="9" patternUnits="userSpaceOnUse">\
    <rect class="shade-1" width="9" height="9"/><circle class="ink" cx="4.5" cy="4.5" r="1.6"/></pattern>\
    <pattern id="stripes" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="shade-3" width="10" height="10"/><rect class="ink" width="3" height="10"/></pattern>
    """
  }

  private func country(
    _ outline: Outlines.Outline, _ place: MapTheme.Place?, _ theme: MapTheme, _ names: Names
  ) -> HTML {
    let path: HTML = """
      <path \(paint(place?.shade, theme.isPattern)) d="\(outline.path)"/>\(place == nil ? .nothing : spot(outline, place, theme))
      """
    // What is too small to be hit is a link where there is something to tell.
    guard place != nil || outline.area >= 60 else { return path }
    let code = place?.code ?? outline.code
    let told = "\(plain(names[code]) ?? code): \(place?.told ?? say("not_stated"))"
    return """
      <a href="\(link(Address("countries", code)))" aria-label="\(told)" data-code="\(code)">\
      <title>\(told)</title>\(path)</a>

      """
  }

  /// A country of a few grid steps has a spot around it, to be seen and hit.
  private func spot(
    _ outline: Outlines.Outline, _ place: MapTheme.Place?, _ theme: MapTheme
  ) -> HTML {
    guard outline.area < 60 else { return .nothing }
    return
      "<circle \(paint(place?.shade, theme.isPattern)) cx=\"\(outline.x)\" cy=\"\(outline.y)\" r=\"11\"/>"
  }

  private func mark(_ outline: Outlines.Outline, _ place: MapTheme.Place?) -> HTML {
    guard let place, outline.area > 500 || outline.area < 60 else { return .nothing }
    let down = outline.area < 60 ? 28 : 5
    // A small picture has room for the marks of large countries.
    let rank: HTML = outline.area > 9000 ? .nothing : " class=\"minor\""
    return "<text\(rank) x=\"\(outline.x)\" y=\"\(outline.y + down)\">\(place.mark)</text>"
  }

  func legend(of theme: MapTheme) -> HTML {
    """
    <ul class="legend">
    \(theme.legend.map { key in
      """
      <li>\(swatch(key.shade, theme.isPattern)) \(key.text) \
      <span class="quiet">(\(say("map.countries", count: key.count)))</span></li>
      """ as HTML
    })
    <li>\(swatch(nil, theme.isPattern)) \(notStated)</li>
    </ul>
    """
  }

  private func swatch(_ shade: Int?, _ isPattern: Bool) -> HTML {
    """
    <svg class="swatch" width="34" height="22" aria-hidden="true">\
    <rect \(paint(shade, isPattern)) x="1" y="1" width="32" height="20" rx="3"/></svg>
    """
  }

  private func paint(_ shade: Int?, _ isPattern: Bool) -> HTML {
    switch shade {
    case nil: "class=\"shade-0\""
    case 1 where isPattern: "class=\"drawn\" fill=\"url(#dots)\""
    case 3 where isPattern: "class=\"drawn\" fill=\"url(#stripes)\""
    case let shade?: "class=\"shade-\(shade)\""
    }
  }
}
