internal import Synchronization

/// What `/metrics` tells, gathered from those who measure; in Prometheus' text format 0.0.4.
public final class Metrics: Sendable {
  /// A figure that somebody else keeps.
  public struct Sample: Sendable {
    public enum Kind: String, Sendable { case counter, gauge }
    let name: String
    let kind: Kind
    let help: String
    let value: Double

    public init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
      self.name = name
      self.kind = kind
      self.help = help
      self.value = value
    }
  }

  private let shares = Mutex<[RequestMetrics]>([])
  private let gatherers = Mutex<[@Sendable () -> [Sample]]>([])

  public init() {}

  /// Has `samples` asked at each scrape.
  public func gather(_ samples: @escaping @Sendable () -> [Sample]) {
    gatherers.withLock { $0.append(samples) }
  }

  /// One loop's or worker's own to count in.
  func share() -> RequestMetrics {
    let share = RequestMetrics()
    shares.withLock { $0.append(share) }
    return share
  }

  var text: String {
    var text = ""
    for sample in gatherers.withLock({ $0 }).flatMap({ $0() }) {
      text += heading(sample.name, sample.kind.rawValue, sample.help)
      text += "\(sample.name) \(number(sample.value))\n"
    }
    return text + requests
  }

  private var requests: String {
    var all: [RequestMetrics.Key: RequestMetrics.Tally] = [:]
    for share in shares.withLock({ $0 }) { share.add(to: &all) }
    let name = "cairn_request_duration_seconds"
    var text = heading(
      name, "histogram",
      "Time from a request's last byte to its answer's first, by operationId and status.")
    for (key, tally) in all.sorted(by: {
      ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status)
    }) {
      let labels = "operation=\"\(key.operation)\",status=\"\(key.status)\""
      var sum = 0
      for (bound, count) in zip(RequestMetrics.bounds, tally.buckets) {
        sum += count
        text += "\(name)_bucket{\(labels),le=\"\(number(Double(bound) / 1e9))\"} \(sum)\n"
      }
      text += "\(name)_bucket{\(labels),le=\"+Inf\"} \(tally.count)\n"
      text += "\(name)_sum{\(labels)} \(number(Double(tally.nanoseconds) / 1e9))\n"
      text += "\(name)_count{\(labels)} \(tally.count)\n"
    }
    return text
  }

  private func heading(_ name: String, _ kind: String, _ help: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
