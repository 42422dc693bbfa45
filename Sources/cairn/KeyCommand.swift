internal import ArgumentParser
internal import Registry

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, list and revoke the keys that writing needs.",
    subcommands: [Create.self, List.self, Revoke.self])

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
    @Option(help: "The key's last moment: a date, or an RFC 3339 time.") var expires: String?

    func run() throws {
      let registry = try database.open()
      let expiry = try expires.map { text in
        guard let instant = Instant(text) else {
          throw ValidationError("--expires takes a date such as 2027-12-31, or an RFC 3339 time.")
        }
        return instant
      }
      print(try registry.createKey(try granted(), label: label, expiresAt: expiry).key)
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
      print("id\trole\tscope\tcreated\texpires\tlast used\trevoked\tlabel")
      for key in try database.openExisting().keys() {
        let cells = [
          key.id, key.role.name, key.role.scope, key.createdAt.text, key.expiresAt?.text,
          key.lastUsedAt?.text, key.revokedAt?.text, key.label,
        ]
        print(cells.map { $0 ?? "-" }.joined(separator: "\t"))
      }
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
