/// A table of which everyone may see rows.
struct PublicTable: Sendable {
  let name: String
  /// Which rows of it, each of them called `each`; they are read from `live`, beside the copy so far.
  let rows: String
  /// What stands in a column instead of what the registry has there.
  let instead: [String: String]

  init(_ name: String, _ rows: String = "", instead: [String: String] = [:]) {
    self.name = name
    self.rows = rows
    self.instead = instead
  }
}

/// In the order in which they refer to each other.
///
/// A table that isn't named here has nothing for everyone.
let publicTables = [
  PublicTable("source"), PublicTable("vocabulary_value"), PublicTable("country"),
  PublicTable("statement"), PublicTable("framework"), PublicTable("level"), PublicTable("sector"),
  PublicTable("field"), PublicTable("occupation"), PublicTable("language"),
  PublicTable("observation"), PublicTable("provider"),
  // What was merged into a draft goes with it.
  PublicTable(
    "credential",
    """
    WHERE each.status <> 'draft' AND (each.merged_into IS NULL OR EXISTS (
      SELECT 1 FROM live.credential AS survivor
      WHERE survivor.slug = each.merged_into AND survivor.status <> 'draft'))
    """),
  PublicTable(
    "credential_awarding_body",
    """
    WHERE EXISTS (SELECT 1 FROM main.credential WHERE number = each.credential)
    ORDER BY provider, credential
    """),
  // A rule that names a draft, which was public when the rule was made, says nothing without it.
  PublicTable(
    "stacking_rule",
    """
    WHERE EXISTS (SELECT 1 FROM main.credential WHERE slug = each.target)
      AND NOT EXISTS (
        SELECT 1 FROM live.stacking_component AS part
        WHERE part.rule = each.number
          AND NOT EXISTS (SELECT 1 FROM main.credential WHERE slug = part.component))
    """),
  PublicTable(
    "stacking_component",
    """
    WHERE EXISTS (SELECT 1 FROM main.stacking_rule WHERE number = each.rule)
    ORDER BY component, rule, place
    """),
  // Of a key that wrote, changes tell id and role. A digest of no key stands for its own, and it is revoked.
  PublicTable(
    "api_key",
    """
    WHERE each.id IN (SELECT author FROM live.change WHERE seen_before OR seen_after)
    """,
    instead: [
      "hash": "randomblob(32)", "label": "NULL", "created_at": "0", "expires_at": "NULL",
      "last_used_at": "NULL", "revoked_at": "0", "import_rows": "NULL", "successor": "NULL",
    ]),
  PublicTable(
    "change",
    """
    WHERE (each.seen_before OR each.seen_after) AND CASE each.noun
      WHEN 'provider' THEN 1
      WHEN 'statement' THEN 1
      WHEN 'credential' THEN EXISTS (SELECT 1 FROM main.credential WHERE number = each.item)
      WHEN 'stacking_rule' THEN EXISTS (SELECT 1 FROM main.stacking_rule WHERE number = each.item)
    END
    """, instead: ["before": publicBefore, "after": publicAfter]),
  // The same changes under the same numbers: who follows a mirror goes on at the next dump.
  PublicTable("feed"),
]

/// What the item was before, where everyone saw it.
///
/// Where it then became a draft, all that was changed until everyone saw it again, as it was before: so its past can be
/// put back without what was written in between.
private let publicBefore = """
  CASE
    WHEN each.before IS NULL THEN NULL
    WHEN NOT each.seen_before THEN '{}'
    WHEN each.seen_after THEN each.before
    ELSE (
      SELECT json_group_object(name, json(value)) FROM (
        SELECT member.key AS name, hidden.before -> member.fullkey AS value, min(hidden.version)
        FROM live.change AS hidden, json_each(hidden.before) AS member
        WHERE hidden.noun = each.noun AND hidden.item = each.item
          AND hidden.version BETWEEN each.version AND (
            SELECT min(version) FROM live.change AS again
            WHERE again.noun = each.noun AND again.item = each.item
              AND again.version > each.version AND again.seen_after)
        GROUP BY member.key))
  END
  """

private let publicAfter = """
  CASE
    WHEN each.after IS NULL THEN NULL
    WHEN each.seen_before AND each.seen_after THEN each.after
    ELSE '{}'
  END
  """
