-- Qualifications frameworks: the EQF, QF-EHEA and the national ones.
CREATE TABLE framework (
  code TEXT PRIMARY KEY CHECK (code <> ''),
  country TEXT REFERENCES country (code),
  also_country TEXT REFERENCES country (code),
  name TEXT NOT NULL CHECK (json_valid(name)),
  acronym TEXT,
  level_count INTEGER,
  eqf_linked_year INTEGER,
  uri TEXT,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  note TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX framework_country ON framework (country);

-- eqf_level is NULL where the level isn't referenced to the EQF, or where nobody said.
CREATE TABLE level (
  code TEXT PRIMARY KEY,
  framework TEXT NOT NULL REFERENCES framework (code),
  level TEXT NOT NULL CHECK (level <> ''),
  name TEXT NOT NULL CHECK (json_valid(name)),
  position INTEGER NOT NULL,
  eqf_level INTEGER CHECK (eqf_level BETWEEN 1 AND 8),
  eqf_verified INTEGER NOT NULL CHECK (eqf_verified IN (0, 1)),
  eqf_source TEXT,
  uri TEXT,
  UNIQUE (framework, level),
  CHECK (code = framework || '-' || level)
) STRICT, WITHOUT ROWID;

CREATE INDEX level_eqf_level ON level (eqf_level);
