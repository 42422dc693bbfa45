internal import CSQLite

/// Values on their way into statements, one after another: the bytes of all texts lie in one buffer, from which they
/// are bound without a copy.
public struct PackedValues: Sendable {
  private var bytes: [UInt8] = []
  private var slots: [Slot] = []

  fileprivate enum Slot {
    case null
    case integer(Int64)
    case real(Double)
    case text(start: UInt32, count: UInt32)
    case blob(start: UInt32, count: UInt32)
  }

  public init() {}

  /// Room for so many values with so many bytes of text.
  public init(values: Int, bytes: Int) {
    slots.reserveCapacity(values)
    self.bytes.reserveCapacity(bytes)
  }

  public var count: Int { slots.count }

  /// The bytes of all texts.
  public var size: Int { bytes.count }

  public mutating func append(_ value: Value) {
    switch value {
    case .null: slots.append(.null)
    case .integer(let number): slots.append(.integer(number))
    case .real(let number): slots.append(.real(number))
    case .text(let text): append(text)
    case .blob(let blob):
      slots.append(.blob(start: UInt32(bytes.count), count: UInt32(blob.count)))
      bytes += blob
    }
  }

  public mutating func append(_ text: String) { appendText { $0.append(contentsOf: text.utf8) } }

  /// The text that `write` adds to the bytes it is lent.
  public mutating func appendText(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    slots.append(.text(start: UInt32(start), count: UInt32(bytes.count - start)))
  }

  /// The text at `index`; nil where there is something else.
  public func text(_ index: Int) -> String? {
    guard case .text(let start, let count) = slots[index] else { return nil }
    return String(decoding: bytes[Int(start)..<Int(start + count)], as: UTF8.self)
  }

  /// Binds the values in `range` from the statement's first parameter on, while `use` lasts.
  func lend<T>(
    _ range: Range<Int>, to statement: borrowing Statement,
    _ use: (borrowing Statement) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T {
    try bytes.withUnsafeBufferPointer { (bytes) throws(SQLiteError) in
      // What is bound may not be read past the buffer's life.
      defer { statement.reset() }
      for (index, slot) in zip(Int32(1)..., slots[range]) {
        try statement.check(bind(slot, from: bytes, to: statement.handle, at: index))
      }
      return try use(statement)
    }
  }

  private func bind(
    _ slot: Slot, from bytes: UnsafeBufferPointer<UInt8>, to handle: OpaquePointer, at index: Int32
  ) -> Int32 {
    switch slot {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, number)
    case .real(let number): sqlite3_bind_double(handle, index, number)
    case .text(let start, let count):
      csqlite_lend_text(handle, index, bytes.baseAddress.map { $0 + Int(start) }, UInt64(count))
    case .blob(let start, let count):
      csqlite_lend_blob(handle, index, bytes.baseAddress.map { $0 + Int(start) }, UInt64(count))
    }
  }

  /// The values in `range` where they lie: nobody changes what is lent, so they stay there.
  func lent(_ range: Range<Int>) -> LentValues {
    slots.withUnsafeBufferPointer { slots in
      bytes.withUnsafeBufferPointer { bytes in
        LentValues(slots: UnsafeBufferPointer(rebasing: slots[range]), bytes: bytes)
      }
    }
  }
}

extension PackedValues: Cells {
  public func isNull(_ place: Int) -> Bool { if case .null = slots[place] { true } else { false } }

  public func integer(_ place: Int) -> Int64 {
    switch slots[place] {
    case .integer(let number): number
    case .real(let number): Int64(number)
    case .null, .text, .blob: 0
    }
  }

  public func real(_ place: Int) -> Double {
    switch slots[place] {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .null, .text, .blob: 0
    }
  }

  public func utf8<T>(_ place: Int, _ read: (Span<UInt8>) -> T) -> T {
    guard case .text(let start, let count) = slots[place] else { return read(Span()) }
    return read(bytes.span.extracting(Int(start)..<Int(start + count)))
  }
}

/// Some of what is packed, for as long as that is there.
struct LentValues {
  fileprivate let slots: UnsafeBufferPointer<PackedValues.Slot>
  fileprivate let bytes: UnsafeBufferPointer<UInt8>

  /// Answers the value at `index`; NULL where there are fewer.
  func answer(_ index: Int, to context: OpaquePointer?) {
    guard index < slots.count else { return sqlite3_result_null(context) }
    switch slots[index] {
    case .null: sqlite3_result_null(context)
    case .integer(let number): sqlite3_result_int64(context, number)
    case .real(let number): sqlite3_result_double(context, number)
    case .text(let start, let count):
      csqlite_lend_result_text(context, bytes.baseAddress.map { $0 + Int(start) }, UInt64(count))
    case .blob(let start, let count):
      csqlite_result_blob(context, bytes.baseAddress.map { $0 + Int(start) }, UInt64(count))
    }
  }
}

extension Value {
  /// Answers it as a column's or a function's value.
  func answer(to context: OpaquePointer?) {
    switch self {
    case .null: sqlite3_result_null(context)
    case .integer(let number): sqlite3_result_int64(context, number)
    case .real(let number): sqlite3_result_double(context, number)
    case .text(let text): csqlite_result_text(context, text, UInt64(text.utf8.count))
    case .blob(let blob): csqlite_result_blob(context, blob, UInt64(blob.count))
    }
  }
}
