-- Imports whose bodies come in several requests, that are asked for twice, and that are counted: the tables of
-- 0013 with more columns and a further state.
DROP INDEX import_created_at;
ALTER TABLE import RENAME TO import_before;
ALTER TABLE import_result RENAME TO import_result_before;

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
  state TEXT NOT NULL CHECK (state IN ('receiving', 'applying', 'done', 'refused', 'lost')),
  -- How the body of an upload is coded, and its SHA-256 where its client has said it, in base64url.
  coding TEXT,
  sha256 TEXT,
  -- With what the import was asked for, so that who asks again gets the same one.
  idempotency_key TEXT,
  request_hash BLOB CHECK (length(request_hash) = 32),
  -- The rows that the whole file has.
  total INTEGER NOT NULL,
  -- How far it is: the next byte of the file, and the last line before it.
  offset INTEGER NOT NULL,
  line INTEGER NOT NULL,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((idempotency_key IS NULL) = (request_hash IS NULL))
) STRICT;

CREATE TABLE import_result (
  import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  lines TEXT NOT NULL,
  PRIMARY KEY (import, part)
) STRICT, WITHOUT ROWID;

INSERT INTO import (id, author, noun, format, mode, on_conflict, dry_run, language, columns, state, total, offset,
  line, created, updated, unchanged, skipped, rejected, created_at, updated_at)
SELECT id, author, noun, format, mode, on_conflict, dry_run, language, columns, state,
  created + updated + unchanged + skipped + rejected, offset, line, created, updated, unchanged, skipped, rejected,
  created_at, updated_at
FROM import_before;
INSERT INTO import_result (import, part, lines) SELECT import, part, lines FROM import_result_before;
DROP TABLE import_result_before;
DROP TABLE import_before;

CREATE INDEX import_author ON import (author, updated_at);
CREATE INDEX import_updated_at ON import (updated_at);
CREATE INDEX import_idempotency_key ON import (author, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- How many rows a key may import within a day, where that isn't what the server lets everyone.
ALTER TABLE api_key ADD COLUMN import_rows INTEGER CHECK (import_rows >= 0);
