internal import ArgumentParser
internal import Registry

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look through the whole database: damage, dangling references, counts.",
    discussion: """
      Also whether what is kept beside the items (awarding bodies, words for search, standard elements) is as they say. Exits with 1 when something is wrong.
      """)

  @OptionGroup var database: Database

  @Flag(help: "First make anew what is kept beside the items, where it isn't as they say.")
  var repair = false

  func run() throws {
    let registry = try database.openExisting()
    if repair {
      print("repaired: \(try registry.repair()) items")
      while try registry.mergeWords() {}
    }
    let report = try registry.check()
    for (table, rows) in report.counts { print("\(table): \(rows)") }
    for line in report.damages + report.danglingRows { print(line) }
    for line in report.staleItems.prefix(20) { print(line) }
    if report.staleItems.count > 20 { print("and \(report.staleItems.count - 20) more") }
    guard report.damages.isEmpty, report.danglingRows.isEmpty else {
      throw CommandError("The database is damaged: restore it from a backup.")
    }
    if !report.isSound {
      throw CommandError("Something kept beside the items is out of date: `cairn check --repair`.")
    }
    print("sound: every page reads, every reference holds")
  }
}
