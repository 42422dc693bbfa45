internal import API
internal import ArgumentParser
internal import Explorer
internal import Glibc
internal import HTTP
internal import HTTPServer
internal import Logging
internal import Registry
internal import Synchronization

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer HTTP requests until SIGTERM or SIGINT.",
    discussion: """
      An empty database is filled with the reference data and the deck's facts first. On SIGTERM or \
      SIGINT the server takes no new connections, answers what is in flight, and exits with 0. On \
      SIGHUP, and once a day, it reads certificate and key again for the connections to come; without \
      TLS, SIGHUP stops it.
      """)

  @OptionGroup var database: Database

  @OptionGroup var listening: Listening

  @OptionGroup var dumping: Dumping

  @OptionGroup var calling: Calling

  @Flag(help: "Give an empty database its vocabularies alone.")
  var empty = false

  @Option(
    help: ArgumentHelp(
      "Origins, separated by commas, whose web pages may write. (environment: CAIRN_ORIGINS)",
      valueName: "origins"))
  var writingOrigins: String?

  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "Another value for a limit, such as body=2097152; may be given again. Limits: "
        + Limits.names.map { "\($0.name)=\(Limits()[keyPath: $0.limit])" }.joined(separator: ", ")
        + ". (environment: CAIRN_LIMITS, separated by commas)",
      valueName: "name=value"))
  var limits: [String] = []

  @Option(
    name: .customLong("rate-limit"),
    help: ArgumentHelp(
      """
      How many requests an address or a key may make in so many seconds, such as address=3000/60 or \
      key=off; may be given again. (environment: CAIRN_RATE_LIMITS, separated by commas; default: \
      address=3000/60,key=6000/60)
      """, valueName: "name=requests/seconds"))
  var rateLimits: [String] = []

  @Option(
    name: .customLong("import-quota"),
    help: ArgumentHelp(
      """
      How many rows a key may import within a day, such as rows=1000000, or how many imports it may have at \
      once, such as at-once=4; off is any number; may be given again. `cairn key create --import-rows` gives a \
      key a number of its own. (environment: CAIRN_IMPORT_QUOTA, separated by commas; default: \
      rows=5000000,at-once=8)
      """, valueName: "name=number"))
  var importQuota: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Write a line per request to the log. (environment: CAIRN_ACCESS_LOG=off; default: on)")
  var accessLog: Bool?

  @Option(
    help: ArgumentHelp(
      """
      Where others reach this server, such as https://cairn.example; pages and feeds name themselves by \
      it. (environment: CAIRN_ORIGIN; default: what each request says)
      """, valueName: "origin"))
  var origin: String?

  func run() throws {
    let signals = Signals()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    let address = try listening.address()
    let trustsProxy = try listening.trustsProxy()
    let tls = try listening.tlsFiles()
    let stopping = Raised()
    let live = LiveChanges()
    var settings = try settings(stopping, live)
    settings.dumps = try dumping.served()
    let pages = Explorer.Settings(
      origin: try (origin ?? environment("CAIRN_ORIGIN")).map(checkedOrigin))
    let claim = try database.claim()
    let written = Written()
    var seams = Environment.live
    seams.wrote = written.tell
    let registry = try database.open(seams)
    let deliveries = try settings.outbound.map {
      try WebhookDeliveries(registry, $0, seams, settings.logger)
    }
    written.willTell([live.bell.ring] + (deliveries.map { [$0.ring] } ?? []))
    if !empty, try registry.isEmpty { try registry.loadOwnData() }
    try registry.loadVocabularies()
    raiseDescriptorLimit()
    let logger = settings.logger
    try loadColumns(registry, logger)
    try registry.keepImports { [settings] id, error in settings.log(error, id) }
    let nightly = try dumping.nightly(registry, settings.dumps, logger)
    let writes = Gathering(try registry.handle())
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let server = try Server(
      on: address, tls: tls, trustsProxy: trustsProxy, limits: settings.limits,
      loops: cores, workers: max(4, 2 * cores)
    ) { [settings] in
      service(registry, settings, writes, pages)
    }
    settings.metrics.gather {
      samples(server, registry.use) + (deliveries?.samples ?? [])
    }
    deliveries?.start()
    if let nightly {
      settings.metrics.gather { nightly.samples }
      nightly.start()
    }
    // Whoever waits for this line reads it through a pipe.
    let place = place(address, port: server.port, scheme: tls == nil ? "http" : "https")
    print("Cairn \(version) serves \(database.name) at \(place)")
    fflush(nil)
    let certificate = CertificateWatch(server: server, logger: logger)
    certificate.tellEnd()
    var upkeep = Upkeep(registry, logger)
    while true {
      let signal = signals.next(within: upkeep.pause)
      guard signal == nil || signal == SIGHUP && tls != nil else { break }
      // The keys of session tickets change with it, which they should regularly (RFC 9325 §3.4).
      if tls != nil, signal != nil || upkeep.isNewDay() { certificate.reload() }
      upkeep.step()
    }
    // A second one is from somebody who won't wait.
    signals.stopListening()
    settings.logger.info("stopping")
    stopping.raise()
    deliveries?.stop()
    server.stop()
    deliveries?.wait()
    registry.checkpoint()
    withExtendedLifetime(claim) {}
  }

  /// What can be read of a damaged file is still served; the writer refuses by itself.
  private func loadColumns(_ registry: Registry, _ logger: Logger) throws {
    do throws(RegistryError) { try registry.loadColumns() } catch {
      guard error == .damaged else { throw error }
      logger.error("the database is damaged: restore it from a backup")
    }
  }

  private func settings(_ stopping: Raised, _ live: LiveChanges) throws -> API.Settings {
    var settings = API.Settings(logger: Logger(label: "cairn"), newRequestID: RequestIDs().next)
    settings.logsAccess = try accessLog ?? environmentSwitch("CAIRN_ACCESS_LOG") ?? true
    let origins = writingOrigins ?? environment("CAIRN_ORIGINS") ?? ""
    settings.writingOrigins = try origins.split(separator: ",").map {
      try checkedOrigin(String($0))
    }
    let variable = environment("CAIRN_LIMITS") ?? ""
    settings.limits = try limited(by: variable.split(separator: ",").map(String.init) + limits)
    settings.live = live
    let rates = environment("CAIRN_RATE_LIMITS") ?? ""
    settings.rateLimits = try rateLimited(
      by: rates.split(separator: ",").map(String.init) + rateLimits)
    let quotas = environment("CAIRN_IMPORT_QUOTA") ?? ""
    settings.importQuota = try quota(
      by: quotas.split(separator: ",").map(String.init) + importQuota)
    settings.isStopping = { stopping.isRaised }
    settings.outbound = try calling.outbound()
    return settings
  }
}

private func place(_ address: ListenAddress, port: UInt16, scheme: String) -> String {
  switch address {
  case .tcp(let host, _): "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  case .unix(let path): "\(path) (\(scheme))"
  case .inherited: "the socket it was given (\(scheme))"
  }
}

/// One loop's or worker's share of the API, with a reading connection of its own.
private func service(
  _ registry: Registry, _ settings: API.Settings, _ writes: Gathering, _ pages: Explorer.Settings
) -> Service {
  // Where no further connection can be opened, the first one serves, at the cost of waiting for others.
  let handle = (try? registry.handle()) ?? registry
  let api = API(handle, settings, writes) { Explorer.pages(pages, asking: $0) }
  return Service(
    reply: api.reply, respond: api.respond, respondEarly: api.respondEarly,
    streamsBody: api.streamsBody, open: api.open,
    refuse: api.refuse, bell: settings.live.bell, batchBegan: api.batchBegan,
    batchEnded: api.batchEnded)
}

/// Who is told of a commit: some of them need the registry, which needs this first.
private final class Written: Sendable {
  private let listeners = Mutex<[@Sendable () -> Void]>([])

  func willTell(_ all: [@Sendable () -> Void]) { listeners.withLock { $0 = all } }

  func tell() { for listener in listeners.withLock({ $0 }) { listener() } }
}

private final class Raised: Sendable {
  private let value = Atomic(false)
  var isRaised: Bool { value.load(ordering: .relaxed) }
  func raise() { value.store(true, ordering: .relaxed) }
}

/// Ids that no other request of any run has: this run's, and a number.
///
/// Nobody needs to be kept from guessing them, so they cost no randomness each.
private final class RequestIDs: Sendable {
  private let run = Environment.live.newID()
  private let last = Atomic(0)

  func next() -> String {
    "\(run)-\(last.add(1, ordering: .relaxed).newValue)"
  }
}

/// As many descriptors as the system lets this process have: one for each connection.
private func raiseDescriptorLimit() {
  var limit = rlimit()
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
  limit.rlim_cur = limit.rlim_max
  _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
