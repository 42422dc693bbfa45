internal import Glibc
internal import Synchronization

/// `cairn serve` as a process of its own, on a free port.
public final class ServerProcess: Sendable {
  private let process: pid_t
  private let isOver = Mutex(false)
  public let port: UInt16

  public struct DidNotStart: Error {
    public let said: String
  }

  public init(_ binary: String, _ arguments: String...) throws {
    let words = [binary, "serve", "--port", "0"] + arguments
    let (process, output) = try spawn(words)
    self.process = process
    // The line that says where it serves comes once it does.
    let said = readLine(from: output)
    close(output)
    guard let port = said.split(separator: ":").last.flatMap({ UInt16($0.filter(\.isNumber)) }) else {
      Glibc.kill(process, SIGKILL)
      throw DidNotStart(said: said)
    }
    self.port = port
  }

  deinit { kill() }

  /// Ends it as an operator does, with SIGTERM; its exit status, or nil where a signal ended it.
  @discardableResult
  public func stop() -> Int32? { end(SIGTERM) }

  /// Ends it as a power cut does.
  public func kill() { end(SIGKILL) }

  @discardableResult
  private func end(_ signal: Int32) -> Int32? {
    isOver.withLock { isOver in
      if isOver { return nil }
      isOver = true
      Glibc.kill(process, signal)
      return exitStatus(of: process)
    }
  }
}

/// What a command printed and how it ended.
public struct CommandRun: Sendable {
  public let output: String
  public let status: Int32?

  /// Runs `words` to their end; both outputs come together.
  public init(_ words: [String]) throws {
    let (process, descriptor) = try spawn(words, withErrors: true)
    var text = ""
    while case let line = readLine(from: descriptor), !line.isEmpty { text += line }
    close(descriptor)
    output = text
    status = exitStatus(of: process)
  }
}

private func exitStatus(of process: pid_t) -> Int32? {
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
}

// One at a time: a pipe's end that another child inherits keeps the pipe open.
private let spawning = Mutex(())

private func spawn(_ words: [String], withErrors: Bool = false) throws -> (pid_t, Int32) {
  try spawning.withLock { _ in
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Wire.Broken(call: "pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    if withErrors {
      posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    } else {
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    var arguments = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    let result = posix_spawn(&process, words[0], &actions, nil, &arguments, &environment)
    for argument in arguments { free(argument) }
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    guard result == 0 else { throw Wire.Broken(call: "posix_spawn") }
    return (process, ends[0])
  }
}

private func readLine(from descriptor: Int32) -> String {
  var line: [UInt8] = []
  var byte: UInt8 = 0
  while read(descriptor, &byte, 1) == 1 {
    line.append(byte)
    if byte == UInt8(ascii: "\n") { break }
  }
  return String(decoding: line, as: UTF8.self)
}
