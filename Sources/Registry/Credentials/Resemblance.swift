internal import SQLite

// By which criteria of the EU's definition of a microcredential (Council Recommendation 2022/C 243/02) a
// credential, of whatever kind, is one: true, false, or null where it doesn't state. The definition has no number
// for "small": a full qualification isn't, what is called a microcredential or a unit is, of others nobody says.
// What an award alone can show, that the learner owns and shares it, isn't asked.

/// Each criterion, and whether it is met.
let resemblance: SQL = """
  json_object(
    'learning_outcomes', json(CASE json_array_length(learning_outcomes) > 0
      WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END),
    'small_volume', json(CASE kind WHEN 'microcredential' THEN 'true' WHEN 'unit' THEN 'true'
      WHEN 'full_qualification' THEN 'false' ELSE 'null' END),
    'assessment', json(CASE WHEN json_array_length(assessment_types) > 0 OR assessed_by IS NOT NULL
      THEN 'true' WHEN assessment_types IS NOT NULL THEN 'false' ELSE 'null' END),
    'specific_need', json(iif(highly_targeted OR json_array_length(target_groups) > 0
      OR json_array_length(occupations) > 0, 'true', 'null')),
    'stand_alone_or_combined', json(iif(integration IS NULL, 'null', 'true')),
    'quality_assurance', json(CASE json_array_length(quality_assurance_types) > 0
      WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END))
  """

/// What it resembles: something speaks for it, and nothing against.
let resembled: SQL =
  "iif(instr(" + resemblance + ", 'true') AND NOT instr(" + resemblance
  + ", 'false'), 'microcredential', NULL)"

extension Domain {
  /// What a credential may resemble.
  static let resembled = Domain(
    name: "thing to resemble", lookup: "SELECT ?1 WHERE ?1 = 'microcredential' AND ?2 = ''",
    codes: "SELECT 'microcredential' WHERE ?2 = ''", list: "")
}
