import JSON
import Registry

extension Registry {
  /// Withdraws a credential, which may be a draft until then.
  func publishAndWithdraw(_ slug: String, by author: Key) throws {
    let published = JSONValue.object([.init(name: "status", value: "published")])
    _ = try patch(.credential, slug, published, ifAt: { _ in true }, by: author)
    _ = try withdraw(.credential, slug, ifAt: { _ in true }, by: author)
  }
}
