internal import HTTPTypes

extension Problem {
  /// A write of what was merged into `into`.
  ///
  /// A client that followed a redirect would write over the survivor, by an ETag of the one that is gone: both have the
  /// same, the numbers of their versions.
  init(writing resource: String, _ id: String, into: String, at place: String) {
    self.init(
      .conflict, "merged", "One with another \(resource)",
      """
      The \(resource) "\(id.prefix(80))" is one with \(into), which stands for both. Nothing was written. Get \(place), \
      and send there what you would still change of that.
      """)
  }
}
