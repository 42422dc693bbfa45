internal import HTTP
public import Registry

/// Why a file of rows that is gzip can't be taken.
public enum GzipError: Error {
  /// It isn't what it begins as, or breaks off.
  case unsound
  /// It comes to more bytes than these.
  case tooLarge(most: Int)
}

extension Spool {
  /// True of a file that begins as gzip does (RFC 1952 §2.3.1).
  public var isGzip: Bool {
    get throws(RegistryError) { try read(2, at: 0) == [0x1F, 0x8B] }
  }

  /// Writes what this gzip comes to into `spool`, as an import's body is; `note` is told how many bytes of it are done.
  public func inflate(into spool: Spool, most: Int, _ note: (Int) -> Void) throws {
    do {
      let intake = try Intake(.gzip, spool, most: most)
      var done = 0
      try each { piece in
        try intake.take(piece)
        done += piece.count
        note(done)
      }
      try intake.finish()
    } catch RequestError.badCoding {
      throw GzipError.unsound
    } catch Refusal.bodyTooLarge {
      throw GzipError.tooLarge(most: most)
    }
  }
}
