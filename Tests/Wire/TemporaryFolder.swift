public import Foundation

/// A fresh folder that nobody else has, for as long as the tests run.
public func temporaryFolder() throws -> URL {
  let folder = all.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

private let all: URL = {
  atexit { try? FileManager.default.removeItem(at: all) }
  return FileManager.default.temporaryDirectory.appending(path: "cairn-tests-\(getpid())")
}()
