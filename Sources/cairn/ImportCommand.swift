public import ArgumentParser
internal import FoundationEssentials
internal import Glibc
public import Registry

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Store many credentials or providers from a file.",
    discussion: """
      The file is NDJSON, or CSV with commas, semicolons or tabs, in UTF-8. Rows are stored in batches, so a server \
      goes on answering (with --mode atomic it can't write until all are stored); what became of those that weren't stored is printed, a line of JSON each. A file \
      imported again changes only what it says anew: rows are found by their provider and external_id.
      """)

  enum Noun: String, ExpressibleByArgument, CaseIterable { case credentials, providers }

  @OptionGroup var database: Database
  @Argument(help: "The file.") var file: String
  @Option(help: "What its rows are.") var kind = Noun.credentials
  @Option(help: "Its format; by its name where this isn't given.") var format: ImportOptions.Format?
  @Option(help: "Each row by itself, or all of them or none.") var mode = ImportOptions.Mode.partial
  @Option(help: "What becomes of an item that is there.") var onConflict = ImportOptions.Conflict
    .update
  @Option(help: "The language of texts that don't say theirs.") var language = "en"
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The member that a column of another name stands for; - leaves it out, and *=- all that stand for none. May be given often.",
      valueName: "column=member"))
  var map: [String] = []
  @Flag(help: "Only say what would happen.") var dryRun = false

  func run() throws {
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw CommandError("\(file): There is no such file that can be read.")
    }
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    let registry = try database.openExisting()
    // Who copies the file then may not have thought of its log.
    defer { registry.checkpoint() }
    // Histories say who wrote: a key of this import's own, which nobody else ever has.
    let (secret, id) = try registry.createKey(.admin, label: "cairn import \(file)", expiresAt: nil)
    defer { try? registry.revokeKey(id) }
    guard let author = try registry.key(secret) else {
      throw CommandError("The key that was just made isn't there.")
    }
    let run = try ImportRun(
      Spool(path: file, .reading), as: kind == .providers ? .provider : .credential,
      try options(), by: author, into: registry)
    let began = ContinuousClock.now
    var rejected = 0
    while let lines = try run.step() {
      if run.progress.counts.rejected > rejected { tellRejected(lines) }
      rejected = run.progress.counts.rejected
      if isatty(STDERR_FILENO) == 1 { show(run.progress, of: size, since: began) }
    }
    let counts = run.progress.counts
    let seconds = max(0.001, (ContinuousClock.now - began) / .seconds(1))
    print(
      """
      \(counts.rows) rows: \(counts.created) created, \(counts.updated) updated, \(counts.unchanged) \
      unchanged, \(counts.skipped) skipped, \(counts.rejected) rejected; \
      \(Int(Double(counts.rows) / seconds)) rows/s
      """)
    if counts.rejected > 0 { throw ExitCode(1) }
  }

  private func tellRejected(_ lines: [UInt8]) {
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      if text.contains("\"result\":\"rejected\"") { print(text) }
    }
  }

  private func options() throws -> ImportOptions {
    let named: ImportOptions.Format? =
      file.hasSuffix(".csv") || file.hasSuffix(".tsv") || file.hasSuffix(".txt")
      ? .csv : file.hasSuffix(".ndjson") || file.hasSuffix(".jsonl") ? .ndjson : nil
    guard let format = format ?? named else {
      throw ValidationError("--format says whether this is csv or ndjson.")
    }
    var options = ImportOptions(format: format)
    options.mode = mode
    options.onConflict = onConflict
    options.isDryRun = dryRun
    options.language = language
    for text in map {
      guard let (column, member) = ImportOptions.mapping(text) else {
        throw ValidationError("--map takes COLUMN=MEMBER, or COLUMN=- to leave a column out.")
      }
      options.columns[column] = member
    }
    return options
  }

  private func show(
    _ progress: ImportRun.Progress, of size: Int, since began: ContinuousClock.Instant
  ) {
    let seconds = max(0.001, (ContinuousClock.now - began) / .seconds(1))
    let part = size == 0 ? 1 : Double(progress.bytes) / Double(size)
    let bar = String(repeating: "#", count: Int(part * 30))
    let rows = progress.counts.rows
    let rest = String(repeating: ".", count: 30 - bar.count)
    let rate = Int(Double(rows) / seconds)
    let text = "\r[\(bar)\(rest)] \(rows) rows, \(rate) rows/s " + (progress.isDone ? "\n" : "")
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
  }
}

extension ImportOptions.Format: ExpressibleByArgument {}
extension ImportOptions.Mode: ExpressibleByArgument {}
extension ImportOptions.Conflict: ExpressibleByArgument {}
