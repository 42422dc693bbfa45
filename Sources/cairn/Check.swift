internal import ArgumentParser
internal import Registry

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look through the whole database: damage, dangling references, counts.",
    discussion: "Exits with 1 when something is wrong.")

  @OptionGroup var database: Database

  func run() throws {
    let report = try database.openExisting().check()
    for (table, rows) in report.counts { print("\(table): \(rows)") }
    for line in report.damages + report.danglingRows { print(line) }
    if !report.isSound { throw CommandError("The database is damaged: restore it from a backup.") }
    print("sound: every page reads, every reference holds")
  }
}
