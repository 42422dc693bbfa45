import Foundation

/// The program that was built beside these tests.
let builtCairn =
  Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
  .map {
    URL(fileURLWithPath: $0.bundlePath).deletingLastPathComponent().appending(path: "cairn").path
  }
  ?? ".build/debug/cairn"
