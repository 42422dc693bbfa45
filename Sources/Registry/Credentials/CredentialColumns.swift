internal import JSON
internal import SQLite

extension Derived {
  /// What credentials are filtered, ordered and reckoned by, beside their members.
  static let ofCredential: [Derived] = [
    Derived(name: "standard elements", column: "standard_elements") {
      .text(standardElements(of: $0).text)
    },
    Derived(name: "title in English", column: "title_en") { text($0["title"]?["en"]) },
    Derived(name: "least hours", column: "hours_min") {
      number($0["workload"]?["hours"] ?? $0["workload"]?["hours_min"])
    },
    Derived(name: "most hours", column: "hours_max") {
      number($0["workload"]?["hours"] ?? $0["workload"]?["hours_max"])
    },
    Derived(name: "credit system", column: "credit_system") { text($0["credit"]?["system"]) },
    Derived(name: "credit points", column: "credit_points") { number($0["credit"]?["points"]) },
    Derived(name: "price", column: "price_amount") { number($0["price"]?["amount"]) },
    Derived(name: "stackable", column: "stackable") {
      switch $0["integration"]?.string {
      case "stand_alone": 0
      case "stackable", "both": 1
      default: .null
      }
    },
  ]
}

private func text(_ value: JSONValue?) -> Value { Value(value?.string) }

private func number(_ value: JSONValue?) -> Value {
  switch value {
  case .integer(let number)?: .real(Double(number))
  case .number(let number)?: .real(number)
  default: .null
  }
}
