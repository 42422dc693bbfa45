-- Who offers and awards credentials. number is the row; id and slug are what the world sees.
CREATE TABLE provider (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE CHECK (slug GLOB '[a-z0-9]*'),
  external_id TEXT UNIQUE,
  kind TEXT,
  status TEXT NOT NULL CHECK (status IN ('active', 'withdrawn')),
  name TEXT NOT NULL CHECK (json_type(name) = 'object'),
  country TEXT REFERENCES country (code),
  homepage TEXT,
  identifiers TEXT CHECK (json_type(identifiers) = 'array'),
  quality_assurance TEXT CHECK (json_type(quality_assurance) = 'array'),
  verification TEXT CHECK (json_type(verification) = 'object'),
  source TEXT CHECK (json_type(source) = 'object'),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  verification_state TEXT NOT NULL GENERATED ALWAYS AS
    (coalesce(verification ->> '$.state', 'unverified')) STORED
    CHECK (verification_state IN ('unverified', 'verified')),
  name_en TEXT GENERATED ALWAYS AS (name ->> '$.en') VIRTUAL
) STRICT;

CREATE INDEX provider_country ON provider (country, number);
CREATE INDEX provider_kind ON provider (kind, number);
CREATE INDEX provider_updated_at ON provider (updated_at, number);

-- Words of names, for q=.
CREATE VIRTUAL TABLE provider_text USING fts5 (
  name, tokenize = "unicode61 remove_diacritics 2"
);
