public import JSON

/// What everyone may see, as it stood at one moment, in files.
public struct Dump: Sendable, Equatable {
  /// One file of it, whole.
  public struct File: Sendable, Equatable {
    public let name: String
    public let mediaType: String
    public let bytes: Int
    /// How many items are in it; nil of a file that isn't a list.
    public let rows: Int?
    /// Of its bytes, in hexadecimal.
    public let sha256: String
  }

  /// What its folder is called: its moment, to the second.
  public let name: String
  public let madeAt: Instant
  /// The change up to which it tells; the feed of changes goes on from there.
  public let sequence: Int64
  /// Whose change that is; nil in a dump from before feeds had names.
  public let feed: String?
  /// The version of the program that made it.
  public let version: String
  public let files: [File]

  public func file(_ name: String) -> File? { files.first { $0.name == name } }

  /// As the manifest says it.
  public var json: JSONValue {
    .object(
      heading + [
        .init(name: "cairn", value: .string(version)),
        .init(name: "files", value: .array(files.map(\.json))),
      ])
  }

  /// What its manifest and the list of dumps begin with.
  public var heading: [JSONValue.Member] {
    [
      .init(name: "name", value: .string(name)),
      .init(name: "made_at", value: .string(madeAt.text)),
      .init(name: "sequence", value: .integer(sequence)),
    ] + (feed.map { [.init(name: "feed", value: .string($0))] } ?? [])
  }

  init?(_ json: JSONValue) {
    guard let name = json.string("name"), let madeAt = json.string("made_at").flatMap(Instant.init),
      case .integer(let sequence)? = json["sequence"], let version = json.string("cairn")
    else { return nil }
    let listed = json.items("files")
    let files = listed.compactMap(File.init)
    guard files.count == listed.count else { return nil }
    let place = FeedPlace(sequence, of: json.string("feed"))
    self.init(name: name, madeAt: madeAt, place: place, version: version, files: files)
  }

  init(name: String, madeAt: Instant, place: FeedPlace, version: String, files: [File]) {
    self.name = name
    self.madeAt = madeAt
    sequence = place.sequence
    feed = place.feed
    self.version = version
    self.files = files
  }
}

extension Dump.File {
  fileprivate var json: JSONValue {
    .object([
      .init(name: "name", value: .string(name)),
      .init(name: "media_type", value: .string(mediaType)),
      .init(name: "bytes", value: .integer(Int64(bytes))),
      .init(name: "rows", value: rows.map { .integer(Int64($0)) } ?? .null),
      .init(name: "sha256", value: .string(sha256)),
    ])
  }

  // A manifest may have been written by anyone: a name leads nowhere but into its own folder, and sizes are a file's.
  fileprivate init?(_ json: JSONValue) {
    guard let name = json.string("name"), !name.hasPrefix("."), !name.utf8.contains(0x2F),
      let mediaType = json.string("media_type"), case .integer(let bytes)? = json["bytes"],
      (0...mostBytes).contains(bytes),
      let sha256 = json.string("sha256")
    else { return nil }
    var rows: Int?
    if case .integer(let count)? = json["rows"] { rows = Int(count) }
    self.init(
      name: name, mediaType: mediaType, bytes: Int(bytes), rows: rows, sha256: sha256)
  }
}

/// A pebibyte: of a few such files, too, there is a number.
private let mostBytes: Int64 = 1 << 50
