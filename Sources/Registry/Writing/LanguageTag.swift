/// RFC 5646 §2.1, as far as to parts of one to eight letters and digits.
func isLanguageTag(_ text: String) -> Bool {
  text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy {
    (1...8).contains($0.count)
      && $0.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
      }
  }
}
