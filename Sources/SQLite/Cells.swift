/// Values by their places: the columns of a row, or what is packed.
public protocol Cells: ~Copyable {
  func isNull(_ place: Int) -> Bool

  /// 0 for what is no number.
  func integer(_ place: Int) -> Int64

  /// 0 for what is no number.
  func real(_ place: Int) -> Double

  /// Lends the text as it lies there, copying nothing; empty for NULL.
  func utf8<T>(_ place: Int, _ read: (Span<UInt8>) -> T) -> T
}

extension Row: Cells {}
