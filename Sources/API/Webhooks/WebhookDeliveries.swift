internal import Dispatch
public import Logging
public import Registry
internal import Synchronization

/// Brings the registry's changes to its webhooks, each at its own pace.
///
/// Every webhook has a place in the change feed, which is kept; there is no queue of messages. So a receiver that
/// is down costs a row, and one that is slow costs a thread of few. Writers only ring a bell.
public final class WebhookDeliveries: Sendable {
  let registry: Registry
  let outbound: Outbound
  let environment: Environment
  let logger: Logger
  let counts = Counts()
  let state = Mutex(State())
  private let isRung = Atomic(false)
  private let stopping = Atomic(false)
  private let bell = DispatchSemaphore(value: 0)
  private let end = DispatchSemaphore(value: 0)
  private let calling = DispatchGroup()
  private let scheduling = DispatchQueue(label: "cairn.webhooks")

  /// What is written within that time, in milliseconds, is looked at together.
  private static let pause = 20

  struct State {
    var turns = WebhookTurns()
    /// How far webhooks have come over changes that they don't want, which is kept only now and then.
    var passed: [String: Passed] = [:]
    /// Those that the registry failed, and until when they are left alone.
    var resting: [String: Instant] = [:]
  }

  struct Passed {
    let version: Int64
    let position: Int64
  }

  final class Counts: Sendable {
    let taken = Atomic(0)
    let failed = Atomic(0)
    let givenUp = Atomic(0)
  }

  /// Reads through a handle of its own.
  public init(
    _ registry: Registry, _ outbound: Outbound, _ environment: Environment, _ logger: Logger
  ) throws {
    self.registry = try registry.handle()
    self.outbound = outbound
    self.environment = environment
    self.logger = logger
  }

  public func start() { scheduling.async(group: calling) { self.run() } }

  /// To be rung after each commit.
  public func ring() {
    if !isRung.exchange(true, ordering: .acquiringAndReleasing) { bell.signal() }
  }

  /// Ends the calls that are under way; what they were about comes again at the next start.
  public func stop() {
    stopping.store(true, ordering: .releasing)
    bell.signal()
    end.signal()
  }

  /// Waits until what was delivered is kept; not for a resolver that takes its time.
  public func wait() { _ = calling.wait(timeout: .now() + .seconds(2)) }

  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  private func run() {
    while !isStopping {
      isRung.store(false, ordering: .releasing)
      let patience = look()
      _ = bell.wait(timeout: .now() + .milliseconds(patience))
      _ = end.wait(timeout: .now() + .milliseconds(Self.pause))
    }
  }

  /// Begins what is due, and says for how many milliseconds there will be no more unless the bell is rung.
  private func look() -> Int {
    let now = environment.now()
    do throws(RegistryError) {
      let newest = try registry.newestChange
      let (due, next, all) = try registry.webhookWork()
      let begun = state.withLock { state in
        state.resting = state.resting.filter { $0.value > now }
        state.passed = state.passed.filter { all.contains($0.key) }
        let waiting = due.filter { work in
          state.resting[work.webhook.id] == nil && !state.isIdle(work, at: newest)
        }
        return state.turns.begin(waiting)
      }
      for work in begun {
        // A queue of its own has a thread at once; one that is shared gives them out by the processors there are.
        DispatchQueue(label: "cairn.webhooks.call").async(group: calling) { self.serve(work) }
      }
      let rest = next.map { $0.milliseconds - now.milliseconds } ?? .max
      return Int(max(0, min(rest, 60_000)))
    } catch {
      logger.error("webhooks can't be looked at", metadata: ["cause": "\(error)"])
      return 60_000
    }
  }

  /// A turn: what was written meanwhile, or is left, has to wait for the next.
  private func serve(_ work: WebhookWork) {
    let webhook = work.webhook
    do {
      let position = try deliver(work, from: state.withLock { $0.place(of: work) })
      state.withLock {
        $0.passed[webhook.id] = Passed(version: webhook.version, position: position)
      }
    } catch {
      logger.error(
        "webhook stopped", metadata: ["webhook.id": "\(webhook.id)", "cause": "\(error)"])
      // Without that, what can't be kept would be sent again and again.
      let rest = Instant(milliseconds: environment.now().milliseconds + 60_000)
      state.withLock { $0.resting[webhook.id] = rest }
    }
    state.withLock { $0.turns.end(webhook) }
    ring()
  }
}

extension WebhookDeliveries.State {
  /// How far the webhook has come, kept or not.
  fileprivate func place(of work: WebhookWork) -> Int64 {
    let passed = passed[work.webhook.id].flatMap {
      $0.version == work.webhook.version ? $0.position : nil
    }
    return max(work.webhook.position, passed ?? 0)
  }

  /// True where all there is has been looked at already.
  fileprivate func isIdle(_ work: WebhookWork, at newest: Int64) -> Bool {
    work.test == nil && work.webhook.nextAttemptAt == nil && place(of: work) >= newest
  }
}

extension WebhookDeliveries {
  /// What `/metrics` tells of them.
  public var samples: [Metrics.Sample] {
    func count(_ counter: borrowing Atomic<Int>) -> Double {
      Double(counter.load(ordering: .relaxed))
    }
    return [
      .init(
        "cairn_webhook_deliveries_total", .counter, "Messages that a webhook's receiver took.",
        count(counts.taken)),
      .init(
        "cairn_webhook_failures_total", .counter, "Attempts that no receiver took.",
        count(counts.failed)),
      .init(
        "cairn_webhooks_given_up_total", .counter,
        "Webhooks that were ended: by 410, or after their last attempt.", count(counts.givenUp)),
    ]
  }
}
