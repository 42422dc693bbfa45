/// Calls hosts that are on a list, one POST a connection, and learns no more of the answer than its status.
public struct HTTPClient: Sendable {
  public let allowed: AllowList
  private let trust: Trust
  private let addresses: @Sendable (String) -> [Address]
  private let times: Times

  public struct Times: Sendable {
    /// In milliseconds.
    public var connecting: Int64 = 5000
    /// From the name's being resolved to the answer's head.
    public var whole: Int64 = 15_000

    public init() {}
  }

  /// Believes the system's certificate authorities, and those in `authorities`, a PEM file.
  public init(
    allowing allowed: AllowList, authorities: String? = nil, times: Times = Times(),
    addresses: @escaping @Sendable (String) -> [Address] = systemAddresses
  ) throws(CallError) {
    self.allowed = allowed
    self.times = times
    self.addresses = addresses
    trust = try Trust(authorities: authorities)
  }

  /// The status of the answer to a POST; a redirection is an answer like others.
  public func post(
    _ url: String, _ fields: [(name: String, value: String)], _ body: [UInt8],
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(CallError) -> Int {
    if let refusal = allowed.refusal(of: url) { throw .refused(refusal) }
    guard let endpoint = Endpoint(url), let entry = allowed.entry(for: endpoint) else {
      preconditionFailure("What isn't on the list was refused.")
    }
    let found = addresses(endpoint.host)
    if found.isEmpty { throw .unknownHost }
    // What is looked at is what is called: the name isn't resolved again.
    let admitted = found.filter { entry.admits($0) && (endpoint.isSecure || $0.isLoopback) }
    if admitted.isEmpty { throw .privateAddress }
    let patience = Patience(milliseconds: times.whole, isStopped: isStopped)
    let link = try Link(
      to: admitted, port: endpoint.port, connectWithin: times.connecting, patience)
    let request = head(endpoint, fields, body.count) + body
    if endpoint.isSecure {
      let link = try SecureLink.securing(link, to: endpoint.host, trust)
      try link.send(request)
      var head = AnswerHead()
      while true {
        if let status = try head.status(after: try link.receive()) { return status }
      }
    }
    try link.send(request)
    var head = AnswerHead()
    while true {
      if let status = try head.status(after: try link.receive()) { return status }
    }
  }

  private func head(
    _ endpoint: Endpoint, _ fields: [(name: String, value: String)], _ length: Int
  ) -> [UInt8] {
    var text = "POST \(endpoint.target) HTTP/1.1\r\nHost: \(endpoint.authority)\r\n"
    for field in fields { text += "\(field.name): \(field.value)\r\n" }
    text += "Content-Length: \(length)\r\nConnection: close\r\n\r\n"
    return Array(text.utf8)
  }
}
