/// An origin as browsers send it (RFC 6454 §6.2), without the spaces around it.
func checkedOrigin(_ text: String) throws -> String {
  var origin = text[...]
  while origin.first == " " { origin.removeFirst() }
  while origin.last == " " { origin.removeLast() }
  let scheme = ["https://", "http://"].first(where: origin.hasPrefix)
  let host = scheme.map { origin.dropFirst($0.count) }
  guard let host, !host.isEmpty, !host.contains(where: { $0 == "/" || $0 == " " }) else {
    throw CommandError("\(text) is no origin, such as https://registry.example.")
  }
  return String(origin)
}
