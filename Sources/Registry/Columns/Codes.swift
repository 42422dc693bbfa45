/// The codes of some rows, in as few bytes each as the largest needs.
enum Codes: Sendable {
  case bytes([UInt8])
  case shorts([UInt16])
  case words([UInt32])

  var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .shorts(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  subscript(index: Int) -> UInt32 {
    switch self {
    case .bytes(let codes): UInt32(codes[index])
    case .shorts(let codes): UInt32(codes[index])
    case .words(let codes): codes[index]
    }
  }

  /// Puts `code` at `index`; rows between the last and this one aren't there.
  mutating func set(_ code: UInt32, at index: Int) {
    switch self {
    case .bytes(var codes) where code <= UInt8.max:
      // An array that two hold is copied when it is written: this one lets go of it first.
      self = .bytes([])
      put(UInt8(code), at: index, in: &codes)
      self = .bytes(codes)
    case .shorts(var codes) where code <= UInt16.max:
      self = .bytes([])
      put(UInt16(code), at: index, in: &codes)
      self = .shorts(codes)
    case .words(var codes):
      self = .bytes([])
      put(code, at: index, in: &codes)
      self = .words(codes)
    case .bytes(let codes):
      self = .shorts(codes.map(UInt16.init))
      set(code, at: index)
    case .shorts(let codes):
      self = .words(codes.map(UInt32.init))
      set(code, at: index)
    }
  }
}

private func put<T: FixedWidthInteger>(_ value: T, at index: Int, in values: inout [T]) {
  while values.count <= index { values.append(0) }
  values[index] = value
}
