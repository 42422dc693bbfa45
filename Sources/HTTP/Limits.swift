/// How much of anything the server takes, and how long it waits; sizes in bytes, times in seconds.
public struct Limits: Sendable {
  /// RFC 9112 §3 asks for 8000 at least; beyond it 414.
  public var requestLine = 8 << 10
  /// The request line and all fields; beyond it 431.
  public var head = 32 << 10
  public var fieldCount = 100
  /// A body that is read as a whole; beyond it 413.
  public var body = 1 << 20
  /// A body that is taken as it comes; beyond it 413.
  public var stream = 4 << 30
  /// From a head's first byte to its last, and over TLS from the connection's beginning to its first
  /// request's.
  public var headSeconds = 10
  /// The least a body must bring once its grace is over, in bytes a second.
  public var bodyRate = 1 << 10
  public var bodyGraceSeconds = 10
  /// Between two requests of a connection.
  public var idleSeconds = 75
  /// How long a client may take nothing of its answer.
  public var sendSeconds = 30
  /// How long a body that waits for news is silent before it says that it is there.
  public var pulseSeconds = 15
  /// How long what is in flight may take once the server is told to stop.
  public var stopSeconds = 10
  /// All connections of the server; whoever comes beyond them is closed at once.
  public var connections = 50_000
  /// Those of one address; whoever comes beyond them is closed at once.
  public var connectionsPerAddress = 1000
  /// What one connection may have unanswered in its buffer before it isn't read any more.
  public var buffer = 64 << 10

  public init() {}

  /// Every limit by the name that whoever runs the server calls it, in the order of this file.
  public static let names: [(name: String, limit: any WritableKeyPath<Limits, Int> & Sendable)] = [
    ("request-line", \.requestLine), ("head", \.head), ("fields", \.fieldCount),
    ("body", \.body), ("stream", \.stream), ("head-seconds", \.headSeconds),
    ("body-rate", \.bodyRate), ("body-grace-seconds", \.bodyGraceSeconds),
    ("idle-seconds", \.idleSeconds), ("send-seconds", \.sendSeconds),
    ("pulse-seconds", \.pulseSeconds), ("stop-seconds", \.stopSeconds),
    ("connections", \.connections),
    ("connections-per-address", \.connectionsPerAddress), ("buffer", \.buffer),
  ]
}
