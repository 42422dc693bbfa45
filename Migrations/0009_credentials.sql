-- The definition of a microcredential, or of what it stacks to.
-- One column a member, NULL where it isn't stated; members that are lists or objects are JSON.
-- Derived columns are generated, so that what is filtered by can't differ from what is shown.
CREATE TABLE credential (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE CHECK (slug GLOB '[a-z0-9]*'),
  external_id TEXT,
  provider TEXT REFERENCES provider (slug),
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn')),
  title TEXT CHECK (json_type(title) = 'object'),
  description TEXT CHECK (json_type(description) = 'object'),
  awarding_bodies TEXT CHECK (json_type(awarding_bodies) = 'array'),
  countries TEXT CHECK (json_type(countries) = 'array'),
  international TEXT CHECK (json_type(international) = 'object'),
  sector TEXT REFERENCES sector (code),
  nace TEXT REFERENCES sector (code),
  isced_f TEXT CHECK (json_type(isced_f) = 'array'),
  occupations TEXT CHECK (json_type(occupations) = 'array'),
  languages TEXT CHECK (json_type(languages) = 'array'),
  learning_outcomes TEXT CHECK (json_type(learning_outcomes) = 'array'),
  workload TEXT CHECK (json_type(workload) = 'object'),
  credit TEXT CHECK (json_type(credit) = 'object'),
  levels TEXT CHECK (json_type(levels) = 'array'),
  participation TEXT CHECK (json_type(participation) = 'array'),
  assessment_types TEXT CHECK (json_type(assessment_types) = 'array'),
  assessed_by TEXT,
  supervision TEXT,
  quality_assurance_types TEXT CHECK (json_type(quality_assurance_types) = 'array'),
  prerequisites TEXT CHECK (prerequisites IS NULL OR json_valid(prerequisites)),
  entry_requirement TEXT CHECK (entry_requirement IS NULL OR json_valid(entry_requirement)),
  target_groups TEXT CHECK (json_type(target_groups) = 'array'),
  integration TEXT,
  rpl_uses TEXT CHECK (json_type(rpl_uses) = 'array'),
  validity TEXT CHECK (json_type(validity) = 'object'),
  price TEXT CHECK (json_type(price) = 'object'),
  homepage TEXT,
  highly_targeted INTEGER CHECK (highly_targeted IN (0, 1)),
  emerging_topics INTEGER CHECK (emerging_topics IN (0, 1)),
  not_specified TEXT CHECK (json_type(not_specified) = 'array'),
  as_printed TEXT CHECK (json_type(as_printed) = 'object'),
  note TEXT,
  source TEXT CHECK (json_type(source) = 'object'),
  standard_elements TEXT NOT NULL CHECK (json_type(standard_elements) = 'object'),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  title_en TEXT GENERATED ALWAYS AS (title ->> '$.en') VIRTUAL,
  hours_min REAL GENERATED ALWAYS AS
    (coalesce(workload ->> '$.hours', workload ->> '$.hours_min')) STORED,
  hours_max REAL GENERATED ALWAYS AS
    (coalesce(workload ->> '$.hours', workload ->> '$.hours_max')) STORED,
  credit_system TEXT GENERATED ALWAYS AS (credit ->> '$.system') STORED,
  credit_points REAL GENERATED ALWAYS AS (credit ->> '$.points') STORED,
  price_amount REAL GENERATED ALWAYS AS (price ->> '$.amount') STORED,
  stackable INTEGER GENERATED ALWAYS AS
    (CASE integration WHEN 'stand_alone' THEN 0 WHEN 'stackable' THEN 1 WHEN 'both' THEN 1 END) STORED,
  CHECK (hours_min <= hours_max),
  CHECK (sector IS NOT NULL OR nace IS NULL)
) STRICT;

CREATE UNIQUE INDEX credential_external_id ON credential (provider, external_id)
  WHERE external_id IS NOT NULL;
CREATE INDEX credential_provider ON credential (provider, number);
CREATE INDEX credential_status ON credential (status, number);
CREATE INDEX credential_sector ON credential (sector, number);
CREATE INDEX credential_nace ON credential (nace, number);
CREATE INDEX credential_hours_min ON credential (hours_min, number);
CREATE INDEX credential_credit_points ON credential (credit_points, number);
CREATE INDEX credential_title_en ON credential (title_en, number);
CREATE INDEX credential_created_at ON credential (created_at, number);
CREATE INDEX credential_updated_at ON credential (updated_at, number);

-- The values of members that are lists, one a row: an inverted index, written with its credential.
CREATE TABLE credential_term (
  member TEXT NOT NULL,
  value TEXT NOT NULL,
  item INTEGER NOT NULL REFERENCES credential (number) ON DELETE CASCADE,
  PRIMARY KEY (member, value, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX credential_term_item ON credential_term (item, member, value);

-- Words of titles, descriptions and learning outcomes, for q=.
CREATE VIRTUAL TABLE credential_text USING fts5 (
  title, description, learning_outcomes, tokenize = "unicode61 remove_diacritics 2"
);
