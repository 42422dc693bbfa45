internal import ArgumentParser
internal import Registry

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, list, rotate and revoke the keys that writing needs.",
    subcommands: [Create.self, List.self, Rotate.self, Revoke.self])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key and print it, once, on a line of its own.",
      discussion: """
        An admin's key writes everything; an authority's the providers of one country; a provider's \
        its own entry and credentials. Only a digest of the key is kept.
        """)

    enum RoleName: String, ExpressibleByArgument, CaseIterable { case admin, authority, provider }

    @OptionGroup var database: Database
    @Option(help: "What the key may write.") var role: RoleName
    @Option(help: "For the role provider: its slug.") var provider: String?
    @Option(help: "For the role authority: its country's code.") var country: String?
    @Option(help: "A note that helps to tell keys apart.") var label: String?
    @Option(
      help: "The rows that it may import within a day; as the server says where this isn't given.")
    var importRows: Int?
    @Option(
      help: "When the key ends: a date, at whose first moment (UTC) it does, or an RFC 3339 time.")
    var expires: String?

    func run() throws {
      let registry = try database.open()
      let expiry = try expires.map { text in
        guard let instant = Instant(text) else {
          throw ValidationError("--expires takes a date such as 2027-12-31, or an RFC 3339 time.")
        }
        guard instant > registry.now else {
          throw ValidationError("--expires \(text) is over already.")
        }
        return instant
      }
      guard label?.contains(where: { $0.isNewline || $0 == "\t" }) != true else {
        throw ValidationError("--label takes one line without tabs.")
      }
      guard importRows ?? 0 >= 0 else { throw ValidationError("--import-rows takes 0 or more.") }
      let made = try registry.createKey(
        try granted(), label: label, expiresAt: expiry, importRows: importRows)
      print(made.key)
    }

    private func granted() throws -> Key.Role {
      switch (role, provider, country) {
      case (.admin, nil, nil): return .admin
      case (.provider, let slug?, nil): return .provider(slug: slug)
      case (.authority, nil, let country?): return .authority(country: country)
      case (.admin, _, _):
        throw ValidationError("An admin's key has neither --provider nor --country.")
      case (.provider, _, _):
        throw ValidationError("--role provider needs --provider SLUG, and no --country.")
      case (.authority, _, _):
        throw ValidationError("--role authority needs --country CODE, and no --provider.")
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the keys, without their secrets, tab-separated.")

    @OptionGroup var database: Database

    func run() throws {
      let keys = try database.openExisting().keys()
      print("id\trole\tscope\tcreated\texpires\tlast used\trevoked\timport rows\tlabel")
      for key in keys {
        let cells = [
          key.id, key.role.name, key.role.scope, key.createdAt.text, key.expiresAt?.text,
          key.lastUsedAt?.text, key.revokedAt?.text, key.importRows.map(String.init), key.label,
        ]
        print(cells.map { $0 ?? "-" }.joined(separator: "\t"))
      }
    }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key that takes the place of another, and print it, once.",
      discussion: """
        The new one may do what the old one may, for as long. Both stand for the overlap; then the old \
        one ends.
        """)

    @OptionGroup var database: Database
    @Argument(help: "The old key's id, as `cairn key list` shows it.") var id: String
    @Option(help: "How long the old key stands beside the new one: 30m, 12h, 7d.")
    var overlap = "7d"

    func run() throws {
      guard let milliseconds = milliseconds(overlap) else {
        throw ValidationError("--overlap takes a number of minutes, hours or days: 30m, 12h, 7d.")
      }
      print(try database.openExisting().rotateKey(id, overlap: milliseconds).key)
    }

    private func milliseconds(_ text: String) -> Int64? {
      let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
      guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
        (0...10_000).contains(count)
      else { return nil }
      return count * unit
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a key; what was written with it stays.")

    @OptionGroup var database: Database
    @Argument(help: "The key's id, as `cairn key list` shows it.") var id: String

    func run() throws { try database.openExisting().revokeKey(id) }
  }
}
