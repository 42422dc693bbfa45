/// What a noun's rows say of the members that filter, one small code a row and member, at one revision
/// of the database.
///
/// A value: the next version shares every array that isn't changed with the ones readers
/// hold. Rows are found by their number, `segmentSize` of them a segment.
struct Columns: Sendable {
  /// A row is changed by copying its segment's arrays, so segments are small; a scan goes from one to
  /// the next, so they aren't too small.
  static let segmentSize = 4096
  static let segmentWords = segmentSize / 64

  struct Segment: Sendable {
    var codes: [Codes]
    var moments: [[Int64]]
    /// By column of moments: between which those of its rows are, at the widest.
    var spans: [Span]

    init(_ layout: ColumnLayout) {
      codes = layout.columns.map { _ in .bytes([]) }
      moments = layout.moments.map { _ in [] }
      spans = layout.moments.map { _ in Span() }
    }

    /// Rows, from the first number of the segment to the last that is there.
    var count: Int { codes[0].count }
  }

  /// The least and the most of some moments; the other way round where there is none.
  struct Span {
    private(set) var least = Int64.max
    private(set) var most = Int64.min

    mutating func widen(to moment: Int64) {
      least = min(least, moment)
      most = max(most, moment)
    }
  }

  /// What one row says, in the order of the layout.
  struct Row {
    var codes: [ValueSets.Code]
    var moments: [Int64]
  }

  let layout: ColumnLayout
  let sets: [ValueSets]
  private(set) var segments: [Segment] = []
  /// By column and code: how many rows of the segments have it; rows that aren't there have a code, too.
  private(set) var totals: [[UInt32]]

  init(_ layout: ColumnLayout, _ sets: [ValueSets]) {
    self.layout = layout
    self.sets = sets
    totals = sets.map { _ in [] }
  }

  init(_ layout: ColumnLayout) { self.init(layout, layout.columns.map { _ in ValueSets() }) }

  /// Puts a row where its number says; nil takes it away.
  mutating func set(_ row: Row?, at number: Int64) {
    precondition(number >= 0, "Rows have numbers from 0.")
    let (place, index) = Int(number).quotientAndRemainder(dividingBy: Self.segmentSize)
    if row == nil, place >= segments.count || index >= segments[place].count { return }
    while segments.count <= place {
      segments.append(Segment(layout))
    }
    for column in layout.columns.indices {
      set(row?.codes[column] ?? ValueSets.absent, column, place, index)
    }
    for column in layout.moments.indices {
      while segments[place].moments[column].count <= index {
        segments[place].moments[column].append(0)
      }
      let moment = row?.moments[column] ?? 0
      if segments[place].moments[column][index] != moment {
        segments[place].moments[column][index] = moment
      }
      if row != nil { segments[place].spans[column].widen(to: moment) }
    }
  }

  private mutating func set(_ code: ValueSets.Code, _ column: Int, _ place: Int, _ index: Int) {
    let count = segments[place].codes[column].count
    if index < count {
      let before = segments[place].codes[column][index]
      if before == code { return }
      totals[column][Int(before)] -= 1
    } else if index > count {
      add(UInt32(index - count), of: ValueSets.absent, to: column)
    }
    add(1, of: code, to: column)
    segments[place].codes[column].set(code, at: index)
  }

  private mutating func add(_ count: UInt32, of code: ValueSets.Code, to column: Int) {
    while totals[column].count <= Int(code) { totals[column].append(0) }
    totals[column][Int(code)] += count
  }

  /// Takes over the segments that `other` has rows in and these columns don't; both have the same layout
  /// and sets.
  mutating func take(_ other: Columns, from first: Int) {
    for column in layout.columns.indices {
      for (code, count) in other.totals[column].enumerated() {
        add(count, of: ValueSets.Code(code), to: column)
      }
    }
    for place in other.segments.indices where place >= first {
      if place < segments.count {
        segments[place] = other.segments[place]
      } else {
        while segments.count < place {
          segments.append(Segment(layout))
        }
        segments.append(other.segments[place])
      }
    }
  }
}
