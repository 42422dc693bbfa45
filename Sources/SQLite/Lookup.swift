internal import Synchronization

/// A question whose answer, once found, stays: the text that stands for ?1 in the list ?2.
public struct Lookup: Sendable {
  let sql: SQL
  let list: String
  /// Where its answers are in what a connection knows.
  let place: Int

  private struct Question: Hashable {
    let sql: SQL
    let list: String
  }

  private static let places = Mutex<[Question: Int]>([:])

  public init(_ sql: SQL, in list: String = "") {
    self.sql = sql
    self.list = list
    let question = Question(sql: sql, list: list)
    place = Self.places.withLock { places in
      let place = places[question] ?? places.count
      places[question] = place
      return place
    }
  }
}
