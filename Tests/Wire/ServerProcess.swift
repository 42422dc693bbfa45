internal import Glibc
internal import Synchronization

/// `cairn serve` as a process of its own.
public final class ServerProcess: Sendable {
  private let process: pid_t
  /// What it prints; ends when it does.
  private let output: Int32
  private let isOver = Mutex(false)
  /// 0 where it listens elsewhere.
  public let port: UInt16

  public struct DidNotStart: Error {
    public let said: String
  }

  /// Where nothing else is said, it listens on a free port.
  ///
  /// With its log, `says` reads that, too. `passing` is a descriptor that it gets as systemd would give it.
  public convenience init(
    _ binary: String, _ arguments: String..., at place: [String] = ["--port", "0"],
    withLog: Bool = false, passing descriptor: Int32? = nil
  ) throws {
    var words = [binary, "serve"] + place + arguments
    if descriptor != nil {
      words = ["/bin/sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\"", "sh"] + words
    }
    try self.init(words: words, withLog: withLog, passing: descriptor)
  }

  /// By way of another program, which must become `cairn`.
  public convenience init(running words: [String], _ arguments: String...) throws {
    try self.init(words: words + ["serve", "--port", "0"] + arguments)
  }

  private init(words: [String], withLog: Bool = false, passing descriptor: Int32? = nil) throws {
    let (process, output) = try spawn(words, withErrors: withLog, passing: descriptor)
    self.process = process
    self.output = output
    // The line that says where it serves comes once it does.
    let said = readLine(from: output)
    guard said.contains(" serves ") else {
      Glibc.kill(process, SIGKILL)
      _ = exitStatus(of: process)
      close(output)
      throw DidNotStart(said: said)
    }
    port = said.split(separator: ":").last.flatMap { UInt16($0.dropLast()) } ?? 0
  }

  deinit { kill() }

  /// Asks it to read its certificate again.
  public func hangUp() { Glibc.kill(process, SIGHUP) }

  /// Lets no file that it writes to grow beyond so many bytes, as a full disk would; nil lets them grow again.
  public func limitFiles(to bytes: Int?) throws {
    let soft = bytes.map(String.init) ?? "unlimited"
    let run = try CommandRun(["/usr/bin/prlimit", "--pid", "\(process)", "--fsize=\(soft):"])
    guard run.status == 0 else { throw Wire.Broken(call: "prlimit: \(run.output)") }
  }

  /// The answer on a connection of its own.
  public func get(_ target: String) throws -> Answer {
    let wire = try Wire(port: port)
    try wire.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
    return try wire.answer()
  }

  /// True once it prints a line with this text in it, false where it doesn't for too long.
  public func says(_ text: String) -> Bool {
    while hasMore(output) {
      let line = readLine(from: output)
      if line.isEmpty { return false }
      if line.contains(text) { return true }
    }
    return false
  }

  /// Ends it as an operator does, with SIGTERM or another signal; its exit status, or nil where a signal ended it, or
  /// where it took no notice for so long that it had to be killed.
  @discardableResult
  public func stop(by signal: Int32? = nil) -> Int32? { end(signal ?? SIGTERM) }

  /// Ends it as a power cut does.
  public func kill() { end(SIGKILL) }

  @discardableResult
  private func end(_ signal: Int32) -> Int32? {
    isOver.withLock { isOver in
      if isOver { return nil }
      isOver = true
      Glibc.kill(process, signal)
      // Its last output's end is its own: a server that doesn't end must not keep the tests from theirs.
      var isEnding = false
      while !isEnding, hasMore(output) { isEnding = readLine(from: output).isEmpty }
      if !isEnding { Glibc.kill(process, SIGKILL) }
      close(output)
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

private func spawn(
  _ words: [String], withErrors: Bool = false, passing descriptor: Int32? = nil
) throws -> (pid_t, Int32) {
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
    if let descriptor { posix_spawn_file_actions_adddup2(&actions, descriptor, 3) }
    var arguments = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    // As a shell does: what a thread of the tests blocks is not the program's to inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let result = posix_spawn(&process, words[0], &actions, &attributes, &arguments, &environment)
    posix_spawnattr_destroy(&attributes)
    for argument in arguments { free(argument) }
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    guard result == 0 else { throw Wire.Broken(call: "posix_spawn") }
    return (process, ends[0])
  }
}

/// False where nothing comes, not even the end, for so long that nothing will.
private func hasMore(_ descriptor: Int32) -> Bool {
  var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&event, 1, 20_000) > 0
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
