/// Numbers in at most five classes, about as many in each; a class says which of the numbers it holds.
struct Classes {
  let all: [ClosedRange<Double>]

  init(_ numbers: [Double]) {
    let distinct = Array(Set(numbers)).sorted()
    let count = min(5, distinct.count)
    all = (0..<count).map { index in
      let first = index * distinct.count / count
      let next = (index + 1) * distinct.count / count
      return distinct[first]...distinct[next - 1]
    }
  }

  func index(of number: Double) -> Int? { all.firstIndex { $0.contains(number) } }

  /// The darkest shade is the last class's, however few there are: of five.
  func shade(_ index: Int) -> Int {
    all.count == 1 ? 3 : 1 + index * 4 / (all.count - 1)
  }
}
