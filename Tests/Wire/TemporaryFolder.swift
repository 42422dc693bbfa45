public import Foundation

/// A fresh folder that nobody else has.
public func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appending(path: "cairn-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}
