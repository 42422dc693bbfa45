internal import SQLite

// By which criteria of the EU's definition of a microcredential (Council Recommendation 2022/C 243/02) a
// credential, of whatever kind, is one: true, false, or null where it doesn't state. The definition has no number
// for "small": a full qualification isn't, what is called a microcredential or a unit is, of others nobody says.
// What an award alone can show, that the learner owns and shares it, isn't asked.

/// Each criterion, and whether it is met.
///
/// Lists are kept as JSON without spaces, so that an empty one is '[]'.
let resemblance: SQL = """
  json_object(
    'learning_outcomes', json(CASE WHEN learning_outcomes = '[]' THEN 'false'
      WHEN learning_outcomes IS NOT NULL THEN 'true' ELSE 'null' END),
    'small_volume', json(CASE WHEN kind IN ('microcredential', 'unit') THEN 'true'
      WHEN kind = 'full_qualification' THEN 'false' ELSE 'null' END),
    'assessment', json(CASE WHEN assessment_types <> '[]' OR assessed_by IS NOT NULL THEN 'true'
      WHEN assessment_types IS NOT NULL THEN 'false' ELSE 'null' END),
    'specific_need', json(iif(highly_targeted OR target_groups <> '[]' OR occupations <> '[]',
      'true', 'null')),
    'stand_alone_or_combined', json(iif(integration IS NULL, 'null', 'true')),
    'quality_assurance', json(CASE WHEN quality_assurance_types = '[]' THEN 'false'
      WHEN quality_assurance_types IS NOT NULL THEN 'true' ELSE 'null' END))
  """

/// What it resembles: something speaks for it, and nothing against.
///
/// Said anew, since it is asked of every row.
let resembled: SQL = """
  iif((kind IN ('microcredential', 'unit') OR learning_outcomes <> '[]' OR assessment_types <> '[]'
      OR assessed_by IS NOT NULL OR highly_targeted OR target_groups <> '[]' OR occupations <> '[]'
      OR integration IS NOT NULL OR quality_assurance_types <> '[]')
    AND NOT coalesce(kind = 'full_qualification' OR learning_outcomes = '[]'
      OR quality_assurance_types = '[]' OR (assessment_types = '[]' AND assessed_by IS NULL), FALSE),
    'microcredential', NULL)
  """

extension Domain {
  /// What a credential may resemble.
  static let resembled = Domain(
    name: "thing to resemble", lookup: "SELECT ?1 WHERE ?1 = 'microcredential' AND ?2 = ''",
    codes: "SELECT 'microcredential' WHERE ?2 = ''", list: "", isLasting: false)
}
