-- The closed lists. A vocabulary is the set of its values.
CREATE TABLE vocabulary_value (
  vocabulary TEXT NOT NULL CHECK (vocabulary <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  position INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (json_valid(label)),
  uri TEXT,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  PRIMARY KEY (vocabulary, code)
) STRICT, WITHOUT ROWID;
