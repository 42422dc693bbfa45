internal import Logging
internal import Registry

/// Tells when the disk is full, or the write-ahead log can't be moved into the database, and when it is over.
struct LogWatch {
  private let logger: Logger
  private var failure: String?
  private var isFull = false

  init(_ logger: Logger) { self.logger = logger }

  mutating func look(at use: StoreUse, after before: StoreUse) {
    lookForSpace(use, after: before)
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

  private mutating func lookForSpace(_ use: StoreUse, after before: StoreUse) {
    if use.fullFailures > before.fullFailures {
      if !isFull { logger.error("writes are refused", metadata: ["cause": "The disk is full."]) }
      isFull = true
    } else if isFull, use.writes > before.writes {
      logger.info("writes are taken again")
      isFull = false
    }
  }
}
