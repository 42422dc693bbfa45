internal import JSON
internal import Resources

/// Europe as Data/shapes/make drew it.
struct Outlines {
  struct Outline {
    /// ISO 3166, or the registry's own for a part: BE-FL.
    let code: String
    /// SVG path data.
    let path: String
    /// The middle of its largest piece.
    let x: Int
    let y: Int
    let area: Int

    /// A part is shown as the whole is, where nothing is stated of the part itself.
    var whole: String { String(code.prefix(2)) }
  }

  let width: Int
  let height: Int
  let all: [Outline]

  static let europe: Outlines = {
    guard let file = Resources.web.first(where: { $0.name == "europe.json" }),
      let json = try? JSONValue(parsing: file.bytes),
      let width = json["width"]?.integer, let height = json["height"]?.integer
    else { preconditionFailure("Web/europe.json has outlines.") }
    let all = (json["shapes"]?.items ?? []).map { shape in
      Outline(
        code: shape["code"]?.string ?? "", path: shape["path"]?.string ?? "",
        x: shape["x"]?.integer ?? 0, y: shape["y"]?.integer ?? 0,
        area: shape["area"]?.integer ?? 0)
    }
    return Outlines(width: width, height: height, all: all)
  }()
}
