internal import API
internal import HTTP
internal import Registry

// What `cairn serve` is told of how much there may be of anything, each a name and a value.

/// The limits with `settings`, each a name and a value, the later ones before the earlier.
func limited(by settings: [String]) throws -> Limits {
  var limits = Limits()
  for setting in settings {
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    guard let known = Limits.names.first(where: { $0.name == parts.first }) else {
      let names = Limits.names.map(\.name)
      let hint = nearest(to: parts.first ?? "", among: names).map { " Did you mean \($0)?" } ?? ""
      throw CommandError("There is no limit \(parts.first ?? "").\(hint)")
    }
    guard parts.count == 2, let value = Int(parts[1]), value > 0 else {
      throw CommandError("\(setting): a limit is a whole number above 0.")
    }
    limits[keyPath: known.limit] = value
  }
  return limits
}

/// The rate limits with `settings`, each a name and a quota or "off", the later ones before the earlier.
func rateLimited(by settings: [String]) throws -> RateLimits {
  var quotas: [String: RateLimits.Quota?] = [
    "address": RateLimits.Quota(3000, in: 60), "key": RateLimits.Quota(6000, in: 60),
  ]
  for setting in settings {
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, quotas[parts[0]] != nil else {
      throw CommandError("\(setting): a rate limit is of an address or a key, as in key=6000/60.")
    }
    let quota = RateLimits.Quota(parts[1])
    guard quota != nil || parts[1] == "off" else {
      throw CommandError("\(setting): a rate is requests/seconds, as in 3000/60, or off.")
    }
    quotas[parts[0]] = .some(quota)
  }
  return RateLimits(address: quotas["address"] ?? nil, key: quotas["key"] ?? nil)
}

/// The import quota with `settings`, each a name and a number or "off", the later ones before the earlier.
func quota(by settings: [String]) throws -> ImportQuota {
  var quota = ImportQuota(rows: 5_000_000, atOnce: 8)
  for setting in settings {
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    let number = parts.count == 2 ? Int(parts[1]) : nil
    guard parts.count == 2, parts[1] == "off" || number ?? 0 > 0 else {
      throw CommandError("\(setting): a quota is a number above 0, as in rows=1000000, or off.")
    }
    switch parts[0] {
    case "rows": quota.rows = number
    case "at-once": quota.atOnce = number
    default: throw CommandError("\(setting): an import quota is of rows, or at-once.")
    }
  }
  return quota
}
