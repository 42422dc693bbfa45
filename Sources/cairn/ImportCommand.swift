internal import API
public import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import HTTP
public import Registry

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Store many credentials or providers from a file.",
    discussion: """
      The file is NDJSON, or CSV with commas, semicolons or tabs, in UTF-8, as it is or in gzip. Rows are stored in batches, so a server \
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
    let options = try options()
    let registry = try database.openExisting()
    guard try registry.hasVocabularies else {
      throw CommandError("\(database.name): it has no data yet. `cairn serve` gives it some.")
    }
    let (rows, size) = try rows(registry)
    // Who copies the file then may not have thought of its log.
    defer { registry.checkpoint() }
    // Histories say who wrote: a key of this import's own, which nobody else ever has.
    let (secret, id) = try registry.createKey(.admin, label: "cairn import \(file)", expiresAt: nil)
    defer { try? registry.revokeKey(id) }
    guard let author = try registry.key(secret) else {
      throw CommandError("The key that was just made isn't there.")
    }
    let run = try ImportRun(
      rows, as: kind == .providers ? .provider : .credential, options, by: author, into: registry)
    let began = ContinuousClock.now
    var rejected = 0
    while let lines = try run.step() {
      if run.progress.counts.rejected > rejected { tellRejected(lines) }
      rejected = run.progress.counts.rejected
      show(run.progress, of: size, since: began)
    }
    let counts = run.progress.counts
    if options.mode == .atomic, counts.rejected > 0 {
      print(
        "Nothing \(dryRun ? "would be" : "was") stored, since rows were rejected: \(counts.rejected)."
      )
      throw ExitCode(1)
    }
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

  /// The file, or what its gzip comes to, and how many bytes that is.
  private func rows(_ registry: Registry) throws -> (Spool, size: Int) {
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    let spool = try Spool(path: file, .reading)
    guard try spool.isGzip else { return (spool, size) }
    let rows = try registry.newSpool().spool
    // Without a name it is gone with this process, however that ends.
    rows.remove()
    do {
      try spool.inflate(into: rows, most: Limits().stream) {
        show($0, of: size, "of the gzip read")
      }
    } catch GzipError.unsound {
      throw CommandError("\(file): This isn't sound gzip, or it breaks off: nothing was stored.")
    } catch GzipError.tooLarge(let most) {
      throw CommandError(
        "\(file): This comes to more than \(most >> 30) GiB. Inflate it yourself, and import that.")
    }
    return (rows, rows.count)
  }

  /// By the file's name, of which .gz says nothing.
  private var namedFormat: ImportOptions.Format? {
    var name = file.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) { return .csv }
    return [".ndjson", ".jsonl"].contains(where: name.hasSuffix) ? .ndjson : nil
  }

  private func options() throws -> ImportOptions {
    guard let format = format ?? namedFormat else {
      throw ValidationError(
        "--format says whether this is csv or ndjson. A spreadsheet program's own file is saved as CSV first."
      )
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
    let rows = progress.counts.rows
    let rate = Int(Double(rows) / seconds)
    show(progress.bytes, of: size, "\(rows) rows, \(rate) rows/s" + (progress.isDone ? "\n" : ""))
  }

  /// A bar at a terminal, drawn over the one before.
  private func show(_ bytes: Int, of size: Int, _ words: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    let part = size == 0 ? 1 : Double(bytes) / Double(size)
    let bar = String(repeating: "#", count: Int(part * 30))
    let rest = String(repeating: ".", count: 30 - bar.count)
    let text = "\r[\(bar)\(rest)] \(words) "
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
  }
}

extension ImportOptions.Format: ExpressibleByArgument {}
extension ImportOptions.Mode: ExpressibleByArgument {}
extension ImportOptions.Conflict: ExpressibleByArgument {}
