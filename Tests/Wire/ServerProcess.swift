internal import Foundation

/// `cairn serve` as a process of its own, on a free port.
public final class ServerProcess: @unchecked Sendable {
  // Foundation's Process is used by whoever made this, one thread at a time.
  private let process = Process()
  private let output = Pipe()
  public let port: UInt16

  public struct DidNotStart: Error {
    public let said: String
  }

  public init(_ binary: String, _ arguments: String...) throws {
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = ["serve", "--port", "0"] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var said = ""
    // The line that says where it serves comes once it does.
    while !said.contains("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { throw DidNotStart(said: said) }
      said += String(decoding: data, as: UTF8.self)
    }
    guard let port = said.split(separator: ":").last.flatMap({ UInt16($0.filter(\.isNumber)) }) else {
      throw DidNotStart(said: said)
    }
    self.port = port
  }

  /// Ends it as an operator does, with SIGTERM; its exit status.
  @discardableResult
  public func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends it as a power cut does.
  public func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
