import Foundation
import Testing
import Wire

/// Options that can't be meant.
@Suite struct StartTests {
  private let database: String

  init() throws {
    database = try temporaryFolder().appending(path: "registry.db").path
  }

  @Test(arguments: ["CAIRN_TRUST_PROXY=true", "CAIRN_ACCESS_LOG=0", "CAIRN_TRUST_PROXY=ON"])
  func `what is neither on nor off ends the start`(variable: String) throws {
    let run = try CommandRun(
      [
        "/usr/bin/timeout", "10", "/usr/bin/env", variable, builtCairn, "serve", "--port", "0",
        "--database", database,
      ])
    #expect(run.status == 1 && run.output.contains("\(variable): it is on or off"), "\(run.output)")
  }

  @Test(arguments: [
    ["--origin", "foo"], ["--origin", "https://a.example/"],
    ["--writing-origins", "https://a.example,b"],
    ["--writing-origins", "https://a b.example"],
  ])
  func `what is no origin ends the start`(option: [String]) throws {
    let run = try CommandRun(
      ["/usr/bin/timeout", "10", builtCairn, "serve", "--port", "0", "--database", database]
        + option)
    #expect(run.status == 1 && run.output.contains("is no origin"), "\(run.output)")
  }

  @Test func `a file where dumps are to be ends the start`() throws {
    let file = database + ".txt"
    try Data().write(to: URL(filePath: file))
    let run = try CommandRun(
      [
        "/usr/bin/timeout", "10", builtCairn, "serve", "--port", "0", "--database", database,
        "--dumps", file,
      ])
    #expect(run.status == 1 && run.output.contains("is no folder"), "\(run.output)")
  }

  @Test func `a database without a name is none`() throws {
    let run = try cairn("key", "create", "--role", "admin", "--database", "")
    #expect(run.status != 0 && run.output.contains("names no file"), "\(run.output)")
  }
}
