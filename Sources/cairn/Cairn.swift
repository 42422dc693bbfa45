internal import ArgumentParser

@main
struct Cairn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cairn",
    abstract: "A registry of microcredentials: one program, one SQLite file, an HTTP API.",
    discussion: """
      `cairn serve` on a fresh machine answers at http://127.0.0.1:8080 with the reference data and \
      the facts it carries. Options can be set by the environment, too: CAIRN_DATABASE, CAIRN_HOST, \
      CAIRN_PORT, CAIRN_SOCKET, CAIRN_TLS_CERT, CAIRN_TLS_KEY, CAIRN_TRUST_PROXY, CAIRN_ORIGIN, \
      CAIRN_ORIGINS, CAIRN_LIMITS, CAIRN_RATE_LIMITS, CAIRN_IMPORT_QUOTA, CAIRN_WEBHOOKS, \
      CAIRN_DUMPS, CAIRN_DUMP_AT, CAIRN_DUMPS_KEPT, CAIRN_ACCESS_LOG.
      """,
    version: version,
    subcommands: [
      Serve.self, KeyCommand.self, Load.self, ImportCommand.self, Check.self,
      BackupCommand.self, RestoreCommand.self, DumpCommand.self, Version.self,
    ])
}

let version = "0.1.0"

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Say which version this is.")

  func run() { print("cairn \(version)") }
}
