internal import ArgumentParser
internal import Logging
internal import Registry

/// Which dumps a server serves, and when it makes them.
struct Dumping: ParsableArguments {
  @Option(
    name: .customLong("dumps"),
    help: ArgumentHelp(
      """
      Serve the dumps in this folder at /v1/dumps/, and make one each night. (environment: CAIRN_DUMPS)
      """, valueName: "folder"))
  var folder: String?

  @Option(
    name: .customLong("dump-at"),
    help: ArgumentHelp(
      """
      When to make it, in UTC, or off, where others do by `cairn dump`. (environment: CAIRN_DUMP_AT; \
      default: 02:30)
      """, valueName: "hh:mm"))
  var time: String?

  @Option(
    name: .customLong("dumps-kept"),
    help: ArgumentHelp(
      "How many dumps to keep. (environment: CAIRN_DUMPS_KEPT; default: \(usualDumpsKept))",
      valueName: "number"))
  var kept: Int?

  func served() throws -> DumpFolder? {
    guard let path = folder ?? environment("CAIRN_DUMPS") else { return nil }
    do { return try DumpFolder(path: path) } catch { throw CommandError("\(path): \(error)") }
  }

  /// Who makes them; nil where nobody does.
  func nightly(_ registry: Registry, _ folder: DumpFolder?, _ logger: Logger) throws -> Nightly? {
    let time = time ?? environment("CAIRN_DUMP_AT") ?? "02:30"
    let count =
      try kept
      ?? environment("CAIRN_DUMPS_KEPT").map { text in
        guard let count = Int(text) else {
          throw CommandError("CAIRN_DUMPS_KEPT=\(text): no number.")
        }
        return count
      } ?? usualDumpsKept
    guard count > 0 else { throw CommandError("--dumps-kept takes a number from 1 on.") }
    guard let folder, time != "off" else { return nil }
    // With seconds, too, as a test needs them.
    let text = time.utf8.count == 5 ? time + ":00" : time
    guard text.utf8.count == 8, let moment = Instant("1970-01-01T\(text)Z") else {
      throw CommandError("--dump-at takes a time of day such as 02:30, or off.")
    }
    return Nightly(registry, folder, at: moment, keeping: count, logger)
  }
}
