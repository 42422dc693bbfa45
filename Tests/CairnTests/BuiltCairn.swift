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

/// A new admin's key.
func adminKey(_ database: String) throws -> String {
  try cairn("key", "create", "--role", "admin", "--database", database).output
    .trimmingCharacters(in: .newlines)
}
