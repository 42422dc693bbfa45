internal import JSON
internal import SQLite

/// Has the credentials, keys and webhooks of one provider be another's.
///
/// Each credential is written, and told of, as by a change of its own. So are those that were merged before; where the
/// other has the external id of one, that one's is taken away.
func redirectProvider(
  _ redirection: Redirection, _ database: borrowing Connection
) throws(RegistryError) {
  try refuseTwins(redirection, database)
  let (old, new) = (Value.text(redirection.from), Value.text(redirection.to))
  try told { () throws(SQLiteError) in
    let credentials = try database.all(
      """
      SELECT number FROM credential WHERE provider = ?1
      UNION
      SELECT credential FROM credential_awarding_body WHERE provider = ?1
      """, old
    ) { row in row.integer(0) }
    for credential in credentials { try redirect(credential, redirection, database) }
    try database.run("UPDATE api_key SET provider = ?2 WHERE provider = ?1", old, new)
    // What it wasn't told yet is in the survivor's feed from now on.
    try database.run(
      """
      UPDATE webhook SET provider = ?2, owner = iif(owner = ?1, ?2, owner), version = version + 1,
        updated_at = ?3, attempts = 0, next_attempt_at = NULL
      WHERE provider = ?1
      """, old, new, .integer(redirection.now))
  }
}

/// Refuses to give the survivor two credentials of one external id, and says what can be done by whom.
private func refuseTwins(
  _ redirection: Redirection, _ database: borrowing Connection
) throws(RegistryError) {
  let twins = try told { () throws(SQLiteError) in
    try database.first(
      """
      SELECT own.slug, other.slug, own.status = 'draft' OR other.status = 'draft' AS is_hidden,
        other.merged_into IS NULL AND 'published' IN (own.status, other.status)
      FROM credential AS own
        JOIN credential AS other ON other.provider = ?2 AND other.external_id = own.external_id
      WHERE own.provider = ?1 AND own.merged_into IS NULL
      ORDER BY is_hidden LIMIT 1
      """, .text(redirection.from), .text(redirection.to)
    ) { row in
      (
        own: row.text(0), other: row.text(1), isHidden: row.integer(2) == 1,
        canMerge: row.integer(2) == 0 && row.integer(3) == 1
      )
    }
  }
  guard let twins else { return }
  let isAdmin = redirection.author.viewer == .admin
  let which =
    twins.isHidden && !isAdmin
    ? """
    Credentials of \(redirection.from) and \(redirection.to) have the same external_id, drafts among them that this key \
    doesn't see
    """ : "\(twins.own) and \(twins.other) have the same external_id"
  let remedy =
    switch (isAdmin, twins.canMerge) {
    case (true, true): "merge these, or give \(twins.own) another"
    case (true, false): "give \(twins.own) another"
    case (false, _): "have \(redirection.from), or an admin, give its own another"
    }
  throw .conflict("\(which): \(remedy), or none, first.")
}

private func redirect(
  _ number: Int64, _ redirection: Redirection, _ database: borrowing Connection
) throws(SQLiteError) {
  let before = try members(of: .credential, number, in: database)
  let isOwn = before.string("provider") == redirection.from
  var bodies: [JSONValue] = []
  for body in before.items("awarding_bodies") {
    let isOld = body.string("provider") == redirection.from
    let body =
      isOld
      ? body.merged(with: .object([.init(name: "provider", value: .string(redirection.to))])) : body
    // Where both awarded it, the one they are does.
    if !bodies.contains(where: { $0["provider"] != nil && $0["provider"] == body["provider"] }) {
      bodies.append(body)
    }
  }
  try database.run(
    """
    UPDATE credential SET provider = ?1, awarding_bodies = ?2, version = version + 1, updated_at = ?3,
      external_id = iif(merged_into IS NOT NULL AND EXISTS (
        SELECT 1 FROM credential AS other
        WHERE other.provider = ?1 AND other.external_id = credential.external_id AND other.number <> ?4
      ), NULL, external_id)
    WHERE number = ?4
    """, isOwn ? .text(redirection.to) : Value(before.string("provider")),
    before["awarding_bodies"] == .null ? .null : .text(JSONValue.array(bodies).text),
    .integer(redirection.now), .integer(number))
  let after = try members(of: .credential, number, in: database)
  try SideRows.awardingBodies.replace(
    number, Document(stored: after, of: .credential), database)
  try recordChange(
    .merge, of: .credential, number, from: before, to: after, by: redirection.author,
    at: redirection.now, in: database)
}
