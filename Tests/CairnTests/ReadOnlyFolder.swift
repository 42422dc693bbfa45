import Foundation
import Wire

/// Copies of files in a folder that nobody may write, as on a read-only disk.
final class ReadOnlyFolder {
  private let folder: URL

  init(of files: [String]) throws {
    folder = try temporaryFolder()
    for file in files {
      let name = URL(fileURLWithPath: file).lastPathComponent
      try FileManager.default.copyItem(atPath: file, toPath: folder.appending(path: name).path)
      chmod(folder.appending(path: name).path, 0o444)
    }
    chmod(folder.path, 0o555)
  }

  deinit { chmod(folder.path, 0o755) }

  func path(of name: String) -> String { folder.appending(path: name).path }
}
