internal import JSON
internal import SQLite

/// An item that was stored as it had been prepared: it is written down without being read.
struct NewItem: Sendable {
  let kind: Writable
  let prepared: Prepared
  let slug: String
  /// Milliseconds since 1970.
  let madeAt: Int64

  /// Where what an answer shows of a new item is.
  enum Place {
    /// Among the values of its row.
    case row(Int)
    case slug, moment, version
    /// Nowhere: it comes with a later change.
    case unstated

    /// `row` are the columns of the values.
    init(of member: Field, _ row: [SQL]) {
      if let place = row.firstIndex(of: member.column) {
        self = .row(place)
        return
      }
      switch member.name {
      case "slug": self = .slug
      case "created_at", "updated_at": self = .moment
      case "version": self = .version
      case "same_as", "merged_into": self = .unstated
      default: preconditionFailure("Nobody says what \(member.name) is in a new item.")
      }
    }
  }

  /// All its members as JSON, as a GET of it answers them until it is changed.
  var json: [UInt8] {
    var json = JSONWriter(capacity: prepared.values.size + 1024)
    json.beginObject()
    let shown = kind.noun.shown
    let moment = Instant(milliseconds: madeAt).text
    for (index, place) in kind.shown.enumerated() {
      json.name(index, of: shown.names)
      switch place {
      case .row(let place): shown.kinds[index].write(place, of: prepared.values, to: &json)
      case .slug: json.string(slug)
      case .moment: json.string(moment)
      case .version: json.integer(1)
      case .unstated: json.null()
      }
    }
    json.endObject()
    return json.bytes
  }
}
