/// What a person typed to search: words that must all occur, `weld*` for the start of one, and
/// "phrases in quotes".
///
/// Everything else is punctuation. FTS5's own operators (AND, NEAR, -, ^, :) are words or punctuation
/// like any other, because each term reaches FTS5 as a string in quotes.
struct SearchText: Equatable {
  struct Term: Equatable {
    var text: String
    var isPrefix: Bool
  }

  private(set) var terms: [Term] = []

  /// More words than this find no more: a pasted page is read as far as here.
  private static let mostTerms = 32
  private static let mostCharacters = 1000

  init(_ text: String) {
    // Every other part stands in quotes; the last one to the end, where its quote was left open.
    let parts = text.prefix(Self.mostCharacters).split(
      separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let phrases = index.isMultiple(of: 2) ? part.split(whereSeparator: \.isWhitespace) : [part]
      for phrase in phrases { append(phrase) }
    }
  }

  /// `text` as someone types it: its last word may go on.
  init(typing text: String) {
    self.init(text)
    if text.last?.isWhitespace == false, !terms.isEmpty { terms[terms.count - 1].isPrefix = true }
  }

  private mutating func append(_ phrase: Substring) {
    let words = phrase.unicodeScalars.split { !$0.isInWord }.map { String($0) }
    guard !words.isEmpty, terms.count < Self.mostTerms else { return }
    // "e-commerce" is a phrase of two words, whether or not it stands in quotes.
    terms.append(Term(text: words.joined(separator: " "), isPrefix: phrase.hasSuffix("*")))
  }

  /// True where a term is the start of a word by one letter, for which FTS5 puts together all that such words
  /// have each time that it is asked, be it for one row.
  var isWide: Bool {
    terms.contains { term in
      term.isPrefix && term.text.unicodeScalars.suffix(2).count { $0 != " " } == 1
    }
  }

  mutating func replace(_ index: Int, with text: String) { terms[index].text = text }

  /// The same as it would be typed.
  var typed: String {
    terms.map { term in
      let text = term.text + (term.isPrefix ? "*" : "")
      return term.text.contains(" ") ? "\"\(text)\"" : text
    }.joined(separator: " ")
  }

  /// The same in FTS5's words; one without a term matches nothing.
  var expression: String {
    terms.isEmpty ? "\"\"" : terms.map(\.expression).joined(separator: " ")
  }
}

extension SearchText.Term {
  /// The words stand in quotes and have none in them.
  var expression: String { "\"\(text)\"" + (isPrefix ? "*" : "") }
}

extension Unicode.Scalar {
  /// As FTS5's unicode61 sees it: letters, numbers, private use, and the marks that it folds away.
  fileprivate var isInWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse, .nonspacingMark, .spacingMark,
      .enclosingMark:
      true
    default: false
    }
  }
}
