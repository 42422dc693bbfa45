import Foundation
import Testing
import Wire

/// Types what the README says, line by line, and compares what it printed.
@Suite struct READMETests {
  private struct Step {
    var command: String
    var answer = ""
  }

  private func steps(_ text: String) -> [Step] {
    var steps: [Step] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if isInside, !steps.isEmpty {
        steps[steps.count - 1].answer += line + "\n"
      }
    }
    return steps
  }

  @Test func `every command of the README answers what is printed there`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent()
    let steps = steps(try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8))
    #expect(steps.count >= 12)
    let database = try temporaryFolder().appending(path: "registry.db").path
    let dumps = try temporaryFolder().path
    let server = try ServerProcess(builtCairn, "--database", database, "--dumps", dumps)
    defer { server.stop() }
    var script = "cairn() { \(builtCairn) \"$@\"; }\n"
    script += "export CAIRN_DATABASE=\(database) CAIRN_DUMPS=\(dumps)\n"
    for step in steps {
      let command = step.command.replacing("127.0.0.1:8080", with: "127.0.0.1:\(server.port)")
      script += "\(command.replacing("curl 'http", with: "curl -s 'http"))\nprintf '\\036'\n"
    }
    let run = try CommandRun(["/bin/bash", "-c", script])
    let answers = run.output.split(separator: "\u{1E}", omittingEmptySubsequences: false)
    #expect(answers.count == steps.count + 1)
    for (step, answer) in zip(steps, answers) {
      #expect(step.answer == answer.replacing("\r\n", with: "\n"), "\(step.command)")
    }
  }
}
