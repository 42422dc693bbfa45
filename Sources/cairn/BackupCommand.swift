internal import ArgumentParser
internal import Registry

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the registry, as it is at one moment, into a new file.",
    discussion: """
      A server goes on answering. The copy is read from beginning to end, and only then gets its name; it is a \
      registry as it stands, and `cairn restore` puts it back.
      """)

  @OptionGroup var database: Database
  @Argument(help: "The new file.") var file: String

  func run() throws {
    show(try database.backUp(to: file), file)
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup in the registry's place.",
    discussion: """
      Refused while a server has the registry. The backup itself stays as it is. What is restored has another feed of \
      changes: who has followed the one before is told to read everything anew.
      """)

  @OptionGroup var database: Database
  @Flag(help: "What the registry holds now may go.") var force = false
  @Argument(help: "The backup.") var file: String

  func run() throws {
    show(try database.restore(file, mayReplace: force), file)
  }
}

private func show(_ backup: Backup, _ file: String) {
  for (table, rows) in backup.counts { print("\(table): \(rows)") }
  print("\(backup.sha256)  \(file)")
}
