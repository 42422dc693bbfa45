-- Statements are dated and superseded, never overwritten: what held in 2022 can be asked for as well as
-- what holds today. Two more topics: quality assurance, and what a credit is worth in hours.
DROP VIEW country_term;

-- negated: the source says that it is not so; a use of RPL that a country doesn't have is stated like one it has.
CREATE TABLE statement_anew (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  country TEXT REFERENCES country (code),
  topic TEXT NOT NULL CHECK (topic IN
    ('policy_stage', 'modularisation', 'rpl_use', 'nqf_inclusion', 'stacking', 'trust',
     'quality_assurance', 'credit')),
  aspect TEXT,
  value TEXT,
  negated INTEGER NOT NULL DEFAULT 0 CHECK (negated IN (0, 1)),
  text TEXT CHECK (text IS NULL OR json_valid(text)),
  details TEXT CHECK (json_type(details) = 'object'),
  as_of TEXT CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  indicative_example INTEGER CHECK (indicative_example IN (0, 1)),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  source TEXT NOT NULL REFERENCES source (id),
  locator TEXT,
  supersedes TEXT UNIQUE REFERENCES statement_anew (id),
  recorded_at INTEGER,
  CHECK (supersedes <> id)
) STRICT, WITHOUT ROWID;

INSERT INTO statement_anew (id, country, topic, aspect, value, text, details, as_of,
  indicative_example, verified, source, locator)
SELECT id, country, topic, aspect, value, text, details, as_of, indicative_example, verified,
  source, locator
FROM statement;

DROP TABLE statement;
ALTER TABLE statement_anew RENAME TO statement;

CREATE INDEX statement_country ON statement (country, topic, as_of);
CREATE INDEX statement_topic ON statement (topic, value, country);
CREATE INDEX statement_source ON statement (source);

-- since: its own date, or its source's; until: the date of what superseded it, and no longer then.
CREATE VIEW dated_statement AS
  SELECT statement.*, coalesce(statement.as_of, source.date_from) AS since,
    later.as_of AS until, later.id AS superseded_by
  FROM statement
  JOIN source ON source.id = statement.source
  LEFT JOIN statement AS later ON later.supersedes = statement.id;

-- What surveys found, in words: observations that aren't figures.
CREATE VIEW finding AS
  SELECT id, kind, dimension AS topic, population AS stakeholder, position, text, note, source,
    locator
  FROM observation WHERE kind <> 'figure';
