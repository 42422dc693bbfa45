import Foundation
import Testing
import Wire

@Suite struct DumpCommandTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }
  private var dumps: String { folder.appending(path: "dumps").path }

  init() throws {
    folder = try temporaryFolder()
  }

  /// The time of day in so many seconds, UTC.
  private func time(in seconds: TimeInterval) -> String {
    let formatter = DateFormatter()
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "HH:mm:ss"
    return formatter.string(from: Date(timeIntervalSinceNow: seconds))
  }

  @Test func `a dump is made beside a server and without one, and served as it is`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--dumps", dumps)
    defer { server.stop() }
    #expect(try server.get("/v1/dumps/").text == #"{"items":[],"next":null}"# + "\n")
    let made = try cairn("dump", dumps, "--database", database)
    #expect(made.status == 0, "\(made.output)")
    // What it prints is what sha256sum takes.
    let check = try CommandRun([
      "/bin/bash", "-c", "sha256sum -c <<< \"$1\"", "bash",
      made.output.trimmingCharacters(in: .newlines),
    ])
    #expect(check.status == 0, "\(check.output)")
    let answer = try server.get("/v1/dumps/latest/cairn.sqlite")
    #expect(answer.status == 200)
    let copy = folder.appending(path: "copy.db")
    try Data(answer.body).write(to: copy)
    #expect(try cairn("check", "--database", copy.path).status == 0)
    let other = try ServerProcess(builtCairn, "--database", copy.path)
    defer { other.stop() }
    for target in ["/v1/countries/IE", "/v1/credentials?q=welding", "/v1/changes"] {
      #expect(try other.get(target).body == server.get(target).body)
    }
    server.stop()
    // A dump is named after its second, which has only one.
    let second = time(in: 0)
    while time(in: 0) == second { usleep(10_000) }
    let alone = try cairn("dump", dumps, "--keep", "1", "--database", database)
    #expect(alone.status == 0, "\(alone.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: dumps).count == 1)
    #expect(try cairn("dump", database, "--database", database).status == 1)
    #expect(try cairn("dump", dumps, "--keep", "0", "--database", database).status == 64)
  }

  @Test func `a dump that dies half-way is nobody's to have, and gone with the next`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--dumps", dumps)
    defer { server.stop() }
    // A signal ends it when a file grows beyond 100 KiB.
    let words = "ulimit -f 100; exec \"$0\" dump \"$1\" --database \"$2\""
    let died = try CommandRun(["/bin/bash", "-c", words, builtCairn, dumps, database])
    #expect(died.status == nil, "\(died.output)")
    let left = try FileManager.default.contentsOfDirectory(atPath: dumps)
    #expect(left.count == 1 && left[0].hasSuffix(".part"))
    #expect(try server.get("/v1/dumps/").text.contains("[]"))
    #expect(try server.get("/v1/dumps/\(left[0])/cairn.sqlite").status == 404)
    #expect(try cairn("dump", dumps, "--database", database).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: dumps)
    #expect(names.count == 1 && !names[0].hasSuffix(".part"))
  }

  @Test func `a server makes one at its time, and says when it can't`() throws {
    let server = try ServerProcess(
      builtCairn, "--database", database, "--dumps", dumps, "--dump-at", time(in: 4),
      withLog: true)
    defer { server.stop() }
    #expect(server.says("dump made"))
    #expect(try server.get("/v1/dumps/latest").status == 200)
    #expect(try server.get("/metrics").text.contains("\ncairn_dumps_made_total 1\n"))
    let other = folder.appending(path: "others").path
    let unlucky = try ServerProcess(
      builtCairn, "--database", folder.appending(path: "other.db").path, "--dumps", other,
      "--dump-at", time(in: 4), withLog: true)
    defer { unlucky.stop() }
    try FileManager.default.removeItem(atPath: other)
    #expect(unlucky.says("dump not made"))
    let metrics = try unlucky.get("/metrics").text
    #expect(metrics.contains("\ncairn_dumps_failed_total 1\n"))
    #expect(try unlucky.get("/v1/dumps/").status == 200)
  }

  @Test(arguments: [
    (["--dump-at", "25:00"], "time of day"), (["--dump-at", "2"], "time of day"),
    (["--dumps-kept", "0"], "from 1 on"),
  ])
  func `what is no time and no number is refused at the start`(arguments: [String], says: String)
    throws
  {
    let words = ["serve", "--port", "0", "--database", database, "--dumps", dumps] + arguments
    let run = try CommandRun([builtCairn] + words)
    #expect(run.status == 1 && run.output.contains(says), "\(run.output)")
  }
}
