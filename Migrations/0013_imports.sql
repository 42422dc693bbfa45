-- Files of many items on their way in. What came is in a file beside the database until all of it is applied.
CREATE TABLE import (
  id TEXT PRIMARY KEY,
  author TEXT NOT NULL REFERENCES api_key (id),
  noun TEXT NOT NULL CHECK (noun IN ('credential', 'provider')),
  format TEXT NOT NULL CHECK (format IN ('ndjson', 'csv')),
  mode TEXT NOT NULL CHECK (mode IN ('atomic', 'partial')),
  on_conflict TEXT NOT NULL CHECK (on_conflict IN ('update', 'skip', 'fail')),
  dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  language TEXT NOT NULL,
  -- Columns that have another name than their member, as a JSON object.
  columns TEXT NOT NULL CHECK (json_type(columns) = 'object'),
  state TEXT NOT NULL CHECK (state IN ('applying', 'done', 'refused')),
  -- How far it is: the next byte of the file, and the last line before it.
  offset INTEGER NOT NULL,
  line INTEGER NOT NULL,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX import_created_at ON import (created_at);

-- What became of the rows, a line of JSON each, in the transaction that stored them: many lines a row.
CREATE TABLE import_result (
  import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  lines TEXT NOT NULL,
  PRIMARY KEY (import, part)
) STRICT, WITHOUT ROWID;
