-- Figures and findings of surveys: a value where there is one, words where there are words.
CREATE TABLE observation (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  kind TEXT NOT NULL CHECK (kind IN
    ('figure', 'added_value', 'driver', 'feature', 'finding', 'concept', 'shared_function',
     'objective', 'open_question', 'research_question')),
  indicator TEXT,
  dimension TEXT,
  population TEXT,
  position INTEGER,
  value REAL,
  value_min REAL,
  value_max REAL,
  unit TEXT,
  count INTEGER,
  base INTEGER,
  year INTEGER,
  text TEXT CHECK (text IS NULL OR json_valid(text)),
  note TEXT,
  source TEXT NOT NULL REFERENCES source (id),
  locator TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX observation_kind ON observation (kind, id);
CREATE INDEX observation_source ON observation (source);
