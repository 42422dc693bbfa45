-- NACE Rev. 2: sections (a letter) and divisions (two digits).
CREATE TABLE sector (
  code TEXT PRIMARY KEY CHECK (code GLOB '[A-Z]' OR code GLOB '[0-9][0-9]'),
  level TEXT NOT NULL CHECK (level IN ('section', 'division')),
  parent TEXT REFERENCES sector (code),
  name TEXT NOT NULL CHECK (json_valid(name)),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1))
) STRICT, WITHOUT ROWID;

-- ISCED-F 2013: broad (2 digits), narrow (3) and detailed (4) fields of education and training.
CREATE TABLE field (
  code TEXT PRIMARY KEY CHECK (code NOT GLOB '*[^0-9]*' AND length(code) BETWEEN 2 AND 4),
  level TEXT NOT NULL CHECK (level IN ('broad', 'narrow', 'detailed')),
  parent TEXT REFERENCES field (code),
  name TEXT NOT NULL CHECK (json_valid(name)),
  uri TEXT
) STRICT, WITHOUT ROWID;

-- ISCO-08 groups, with the URIs by which ESCO knows them.
CREATE TABLE occupation (
  code TEXT PRIMARY KEY CHECK (code NOT GLOB '*[^0-9]*'),
  level TEXT NOT NULL CHECK (level IN ('major', 'sub_major')),
  parent TEXT REFERENCES occupation (code),
  name TEXT NOT NULL CHECK (json_valid(name)),
  uri TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every language that has an ISO 639-1 code.
CREATE TABLE language (
  code TEXT PRIMARY KEY CHECK (code GLOB '[a-z][a-z]'),
  iso639_3 TEXT NOT NULL,
  name TEXT NOT NULL CHECK (json_valid(name)),
  eu_official INTEGER NOT NULL CHECK (eu_official IN (0, 1)),
  uri TEXT
) STRICT, WITHOUT ROWID;
