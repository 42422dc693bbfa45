import Foundation
import Wire

/// The program that was built beside these tests.
let builtCairn =
  Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
  .map {
    URL(fileURLWithPath: $0.bundlePath).deletingLastPathComponent().appending(path: "cairn").path
  }
  ?? ".build/debug/cairn"

/// What it prints and how it ends.
func cairn(_ arguments: String...) throws -> CommandRun {
  try CommandRun([builtCairn] + arguments)
}

/// The same for somebody who may write only what its file allows: root may write all, unless that is taken from it.
func cairnOfNoRights(_ arguments: String...) throws -> CommandRun {
  let words =
    geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set", "-dac_override"] : ["/usr/bin/env"]
  return try CommandRun(words + [builtCairn] + arguments)
}

/// A new admin's key.
func adminKey(_ database: String) throws -> String {
  try cairn("key", "create", "--role", "admin", "--database", database).output
    .trimmingCharacters(in: .newlines)
}
