-- Statements have a history like other items: a number that their changes name, and versions. A statement's
-- second version is the one that something else has superseded, or a load has brought up to date.
ALTER TABLE statement ADD COLUMN number INTEGER CHECK (number > 0);
ALTER TABLE statement ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);

UPDATE statement SET number = anew.number
FROM (SELECT id, row_number() OVER (ORDER BY recorded_at, id) AS number FROM statement) AS anew
WHERE anew.id = statement.id;

CREATE UNIQUE INDEX statement_number ON statement (number);

-- A statement has no other name than its id.
DROP VIEW dated_statement;
CREATE VIEW dated_statement AS
  SELECT statement.*, statement.id AS slug,
    coalesce(statement.as_of, source.date_from) AS since,
    later.as_of AS until, later.id AS superseded_by
  FROM statement
  JOIN source ON source.id = statement.source
  LEFT JOIN statement AS later ON later.supersedes = statement.id;

-- What is there already begins its history as it is now, as in 0012.
INSERT INTO change (at, action, noun, item, version, seen_before, seen_after)
SELECT coalesce(recorded_at, unixepoch() * 1000), 'create', 'statement', number, version, 0, 1
FROM statement ORDER BY number;
