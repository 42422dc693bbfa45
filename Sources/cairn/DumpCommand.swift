internal import API
internal import ArgumentParser
internal import Registry

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Put all that everyone may see into files, as it is at one moment.",
    discussion: """
      A folder in FOLDER, named by the moment: every list as NDJSON and CSV in gzip, an SQLite file that \
      `cairn serve` opens as it is, and manifest.json with rows and SHA-256. No drafts, no keys. A server goes on \
      answering; one with --dumps FOLDER serves it.
      """)

  @OptionGroup var database: Database
  @Argument(help: "Where the dumps are; made when there is none.") var folder: String
  @Option(help: "How many dumps to keep there, this one among them.") var keep = usualDumpsKept

  func validate() throws {
    if keep < 1 { throw ValidationError("--keep takes a number from 1 on.") }
  }

  func run() throws {
    let registry = try database.openExisting()
    do {
      let dump = try registry.dump(
        into: DumpFolder(path: folder), version: version, keeping: keep)
      for file in dump.files { print("\(file.sha256)  \(folder)/\(dump.name)/\(file.name)") }
    } catch let error as RegistryError {
      throw CommandError("\(folder): \(error)")
    }
  }
}

/// As many nights as a weekend and the day before.
let usualDumpsKept = 3
