internal import JSON

/// The members that answers show, in their order, ready to be written down: no reference is counted for each of them.
struct Members: Sendable {
  let fields: [Field]
  let kinds: [Field.Kind]
  let names: JSONNames

  init(_ fields: [Field]) {
    self.fields = fields
    kinds = fields.map(\.kind)
    names = JSONNames(fields.map(\.name))
  }
}
