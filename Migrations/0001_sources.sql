-- Where facts come from. A fact names its source and the place in it (locator).
CREATE TABLE source (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  title TEXT NOT NULL,
  author TEXT,
  publisher TEXT,
  date_from TEXT CHECK (date_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  date_to TEXT CHECK (date_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  event TEXT,
  url TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
