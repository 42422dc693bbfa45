internal import ArgumentParser
internal import Glibc
internal import Registry

/// Where the registry is kept.
struct Database: ParsableArguments {
  @Option(
    name: .long,
    help:
      "The SQLite file. (environment: CAIRN_DATABASE; default: cairn.sqlite)"
  )
  var database: String?

  func validate() throws {
    if database?.isEmpty == true { throw ValidationError("--database names no file.") }
  }

  private var path: String { database ?? environment("CAIRN_DATABASE") ?? "cairn.sqlite" }

  /// Opens it, and makes it where there is none.
  func open(_ environment: Environment = .live) throws -> Registry {
    try named { () throws in try Registry(path: path, environment: environment) }
  }

  /// Opens it where there is one.
  func openExisting() throws -> Registry {
    try refuseMissing()
    return try open()
  }

  private func refuseMissing() throws {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw CommandError("\(path): there is no such file. `cairn serve` makes one.")
    }
    guard status.st_size > 0 else {
      throw CommandError("\(path): The file is empty: it holds no registry.")
    }
  }

  /// The right to serve it, which one process has at a time.
  func claim() throws -> Claim { try named { () throws in try Claim(on: path) } }

  /// What a look through all of it finds.
  func check(_ depth: CheckReport.Depth) throws -> CheckReport {
    try refuseMissing()
    return try named { () throws in try CheckReport(of: path, depth) }
  }

  /// Copies it into a new file.
  func backUp(to file: String) throws -> Backup {
    try refuseMissing()
    return try Backup(of: path, to: file)
  }

  /// Puts the backup in `file` in its place.
  func restore(_ file: String, mayReplace: Bool) throws -> Backup {
    guard unsafe access(file, F_OK) == 0 else {
      throw CommandError("\(file): there is no such file.")
    }
    guard unsafe mayReplace || access(path, F_OK) != 0 else {
      throw CommandError("\(path): there is a registry already; --force replaces it.")
    }
    return try Backup(restoring: file, to: path, claim())
  }

  var name: String { path }

  private func named<T>(_ work: () throws -> T) throws -> T {
    do { return try work() } catch let error as RegistryError {
      throw CommandError("\(path): \(error)")
    }
  }
}

/// One line that says what to do about it.
struct CommandError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// What a variable says that is on or off; nil where it isn't set.
func environmentSwitch(_ name: String) throws -> Bool? {
  switch environment(name) {
  case nil: nil
  case "on": true
  case "off": false
  case let text?: throw CommandError("\(name)=\(text): it is on or off.")
  }
}

/// The variable's value; nil where it isn't set, or empty.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  let text = unsafe String(cString: value)
  return text.isEmpty ? nil : text
}
