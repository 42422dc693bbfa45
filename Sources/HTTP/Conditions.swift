internal import HTTPTypes

/// What a request's conditions come to (RFC 9110 §13.2.2).
public enum Verdict: Sendable, Equatable {
  case perform
  /// The client of a GET has the representation already: 304.
  case notModified
  /// 412.
  case failed
}

extension Request {
  /// Whether the request is to be performed on what has this tag, for a GET in this coding.
  ///
  /// If-Match is asked first, then If-None-Match. Nothing here has a date, so conditions on dates are
  /// passed over (§13.1.3, §13.1.4).
  public func verdict(at tag: EntityTag, in coding: ContentCoding? = nil) -> Verdict {
    if let match = self[.ifMatch] {
      guard Precondition(match)?.matchesAnyCoding(of: tag) == true else { return .failed }
    }
    guard let noneMatch = self[.ifNoneMatch].flatMap(Precondition.init) else { return .perform }
    if method == .get || method == .head {
      return noneMatch.matchesWeakly(tag.coded(coding)) ? .notModified : .perform
    }
    let codings: [ContentCoding?] = [nil] + ContentCoding.allCases
    return codings.contains { noneMatch.matchesWeakly(tag.coded($0)) } ? .failed : .perform
  }
}
