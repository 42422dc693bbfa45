-- Countries, and the parts of countries that have education laws of their own (BE-FL, GB-SCT).
CREATE TABLE country (
  code TEXT PRIMARY KEY CHECK (code GLOB '[A-Z][A-Z]' OR code GLOB '[A-Z][A-Z]-[A-Z]*'),
  iso_code TEXT,
  alpha3 TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('country', 'subdivision')),
  parent TEXT REFERENCES country (code),
  name TEXT NOT NULL CHECK (json_valid(name)),
  cedefop_code TEXT,
  eu_member INTEGER CHECK (eu_member IN (0, 1)),
  eea INTEGER CHECK (eea IN (0, 1)),
  candidate INTEGER CHECK (candidate IN (0, 1)),
  uri TEXT,
  note TEXT,
  CHECK ((kind = 'subdivision') = (parent IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- EL and UK, as Cedefop and the Commission write GR and GB.
CREATE INDEX country_cedefop_code ON country (cedefop_code);

-- What a source says of one country, or of all where country is NULL.
-- value is the code a topic turns on: the policy stage, the RPL use, the level of trust, true or false of stacking.
CREATE TABLE statement (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  country TEXT REFERENCES country (code),
  topic TEXT NOT NULL CHECK (topic IN
    ('policy_stage', 'modularisation', 'rpl_use', 'nqf_inclusion', 'stacking', 'trust')),
  aspect TEXT,
  value TEXT,
  text TEXT CHECK (text IS NULL OR json_valid(text)),
  details TEXT CHECK (json_type(details) = 'object'),
  as_of TEXT CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  indicative_example INTEGER CHECK (indicative_example IN (0, 1)),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  source TEXT NOT NULL REFERENCES source (id),
  locator TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_country ON statement (country, topic, as_of);
CREATE INDEX statement_topic ON statement (topic, value, country);
CREATE INDEX statement_source ON statement (source);

-- The values a country has several of, in the shape of credential_term.
CREATE VIEW country_term (member, value, item) AS
  SELECT 'rpl_use', value, country FROM statement
  WHERE topic = 'rpl_use' AND country IS NOT NULL AND value IS NOT NULL;
