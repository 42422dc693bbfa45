internal import ArgumentParser
internal import FoundationEssentials
internal import Registry

struct Load: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Load reference data and facts from a folder of CSV files, or newer editions of them.",
    discussion: """
      The files have the names and columns of those in Data/. All of them are loaded, or none; \
      loading the same files again changes nothing.
      """)

  @OptionGroup var database: Database
  @Argument(help: "The folder.") var folder: String

  func run() throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".csv") }.sorted()
    } catch {
      throw CommandError("\(folder): no such folder, or no permission to read it.")
    }
    if names.isEmpty { throw CommandError("\(folder): there is no .csv file in it.") }
    let files = try names.map { name in
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name),
        let text = String(validating: bytes, as: UTF8.self)
      else { throw CommandError("\(folder)/\(name): it can't be read, or isn't UTF-8.") }
      return (name, text)
    }
    let report = try database.open().load(files)
    for (file, count) in report.rows { print("\(file): \(count) rows") }
  }
}
