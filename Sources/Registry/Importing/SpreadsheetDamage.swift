/// What a spreadsheet program has done to a cell that says something else now; nil for nothing that is seen.
func spreadsheetDamage(in cell: [UInt8]) -> String? {
  if cell.first == UInt8(ascii: "#"), errors.contains(where: cell.elementsEqual) {
    return "\(String(decoding: cell, as: UTF8.self)) is a spreadsheet's error, and no value."
  }
  guard let place = misreading(in: cell) else { return nil }
  let start = String(decoding: cell[place...].prefix(40), as: UTF8.self)
  return """
    \(quoted(start)) is UTF-8 that was read as Windows-1252: open the file as UTF-8, in Excel by Data, From Text/CSV.
    """
}

private let errors = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"].map {
  Array($0.utf8)
}

/// Where letters stand that are the bytes of one: "Ã" or "â€", and what Windows-1252 has for a byte that goes on.
private func misreading(in cell: [UInt8]) -> Int? {
  var index = 0
  while let place = cell[index...].firstIndex(where: { $0 == 0xC3 }) {
    index = place + 1
    for lead in [[0xC3, 0x83], [0xC3, 0xA2, 0xE2, 0x82, 0xAC]] as [[UInt8]]
    where cell[place...].starts(with: lead) {
      let rest = cell[(place + lead.count)...]
      if goingOn.contains(where: rest.starts) { return place }
    }
  }
  return nil
}

/// What Windows-1252 has for the bytes 80 to BF, in UTF-8; for five of them it has nothing.
private let goingOn: [[UInt8]] =
  ("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".unicodeScalars.map(String.init)
  + (0xA0...0xBF).map { String(UnicodeScalar(UInt8($0))) }).map { Array($0.utf8) }
