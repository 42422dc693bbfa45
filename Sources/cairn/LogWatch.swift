internal import Logging
internal import Registry

/// Tells when the write-ahead log can't be moved into the database, and when it can be again.
struct LogWatch {
  private let logger: Logger
  private var failure: String?

  init(_ logger: Logger) { self.logger = logger }

  mutating func look(at use: StoreUse) {
    let before = failure
    failure = use.checkpointFailure
    if let failure, before == nil {
      logger.error(
        "the write-ahead log can't be moved into the database, and grows",
        metadata: ["cause": "\(failure)"])
    } else if failure == nil, before != nil {
      logger.info("the write-ahead log is moved into the database again")
    }
  }
}
