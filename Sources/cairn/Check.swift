internal import ArgumentParser
internal import Registry

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look through the whole database: damage, dangling references, counts.",
    discussion: """
      Also whether what is kept beside the items (awarding bodies, words for search, standard elements) is as they say. \
      Without --repair nothing is written, so a backup stays the bytes it was, on a read-only disk, too. Exits with 1 \
      when something is wrong.
      """)

  @OptionGroup var database: Database

  @Flag(help: "First make anew what is kept beside the items, where it isn't as they say.")
  var repair = false

  func run() throws {
    // A damaged file stays as it is found.
    if repair, try database.check(.file).damages.isEmpty {
      let registry = try database.openExisting()
      print("repaired: \(try registry.repair()) items")
      while try registry.mergeWords() {}
    }
    let report = try database.check(.items)
    for (table, rows) in report.counts { print("\(table): \(rows)") }
    show(report.damages + report.danglingRows)
    show(report.staleItems)
    for line in report.omissions { print(line) }
    guard report.damages.isEmpty, report.danglingRows.isEmpty else {
      throw CommandError("The database is damaged: restore it from a backup.")
    }
    if !report.isSound {
      throw CommandError("Something kept beside the items is out of date: `cairn check --repair`.")
    }
    print("sound: every page reads, every reference holds")
  }

  private func show(_ lines: [String]) {
    for line in lines.prefix(20) { print(line) }
    if lines.count > 20 { print("and \(lines.count - 20) more") }
  }
}
