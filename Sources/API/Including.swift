internal import JSON
internal import Registry

extension Registry {
  /// What the items with these numbers name, by noun and code.
  func write(
    _ inclusions: [Inclusion], of numbers: [Int64], to json: inout JSONWriter
  ) throws(RegistryError) {
    json.beginObject()
    var written: Set<String> = []
    for plural in inclusions.map(\.relation.plural) where written.insert(plural).inserted {
      json.name(plural)
      json.beginObject()
      // A provider may own a credential and award another; it is written once.
      var codes: Set<String> = []
      for inclusion in inclusions where inclusion.relation.plural == plural {
        try included(inclusion, in: numbers) { code, record in
          guard codes.insert(code).inserted else { return }
          json.name(code)
          record.write(to: &json)
        }
      }
      json.endObject()
    }
    json.endObject()
  }
}
