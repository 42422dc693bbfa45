/// What a write left behind, as of its transaction.
public struct Written: Sendable {
  public let slug: String
  public let version: Int64
  /// True when nothing was written: the same request had been before, or it says what is there already.
  public let isRepeated: Bool
  private let item: Item

  private enum Item {
    case written([UInt8])
    case new(NewItem)
  }

  /// `body` is the item as JSON.
  init(slug: String, version: Int64, body: [UInt8], isRepeated: Bool) {
    self.slug = slug
    self.version = version
    self.isRepeated = isRepeated
    item = .written(body)
  }

  init(_ new: NewItem) {
    slug = new.slug
    version = 1
    isRepeated = false
    item = .new(new)
  }

  /// The item as JSON.
  ///
  /// A new one is written down only now, which whoever writes needn't wait for.
  public var body: [UInt8] {
    switch item {
    case .written(let bytes): bytes
    case .new(let item): item.json
    }
  }
}
