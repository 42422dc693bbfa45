internal import API
internal import HTTPServer
internal import Registry

/// What `/metrics` tells of sockets and database.
func samples(_ server: Server, _ use: StoreUse) -> [Metrics.Sample] {
  func seconds(_ nanoseconds: Int) -> Double { Double(nanoseconds) / 1e9 }
  let traffic = server.traffic
  let certificate = server.certificateEnd.map { end in
    Metrics.Sample(
      "cairn_tls_certificate_end_seconds", .gauge,
      "When the certificate ends, in seconds since 1970.", Double(end))
  }
  return [
    .init(
      "cairn_connections_open", .gauge, "Connections that are there now.", Double(traffic.open)),
    .init(
      "cairn_connections_accepted_total", .counter, "Connections taken in.",
      Double(traffic.accepted)),
    .init(
      "cairn_connections_shed_total", .counter,
      "Connections closed at once: beyond a limit, or for want of descriptors.",
      Double(traffic.shed)),
    .init(
      "cairn_received_bytes_total", .counter, "Bytes that clients sent.",
      Double(traffic.bytesReceived)),
    .init(
      "cairn_sent_bytes_total", .counter, "Bytes that clients took.", Double(traffic.bytesSent)),
    .init("cairn_sqlite_reads_total", .counter, "Questions to the database.", Double(use.reads)),
    .init(
      "cairn_sqlite_read_seconds_total", .counter, "Time that they took.",
      seconds(use.readNanoseconds)),
    .init("cairn_sqlite_writes_total", .counter, "Writing transactions.", Double(use.writes)),
    .init(
      "cairn_sqlite_write_seconds_total", .counter, "Time that they took, commits included.",
      seconds(use.writeNanoseconds)),
    .init(
      "cairn_writers_waiting", .gauge, "Transactions that wait for the writer, or have it, now.",
      Double(use.writersWaiting)),
    .init(
      "cairn_sqlite_log_bytes", .gauge, "Bytes of the write-ahead log's file.",
      Double(use.logBytes)),
    .init(
      "cairn_sqlite_full_failures_total", .counter, "Writes that failed on a full disk.",
      Double(use.fullFailures)),
    .init(
      "cairn_sqlite_checkpoint_failures_total", .counter,
      "Tries to move the write-ahead log into the database that failed.",
      Double(use.checkpointFailures)),
  ] + [certificate].compactMap { $0 }
}
