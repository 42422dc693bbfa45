-- Who may write. The key itself is shown once and never stored; hash is its SHA-256.
CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  role TEXT NOT NULL CHECK (role IN ('admin', 'authority', 'provider')),
  provider TEXT,
  country TEXT REFERENCES country (code),
  label TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER,
  CHECK ((role = 'provider') = (provider IS NOT NULL)),
  CHECK ((role = 'authority') = (country IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What a POST with an Idempotency-Key was answered, written in the transaction of the write itself.
CREATE TABLE idempotency (
  api_key TEXT NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
  idempotency_key TEXT NOT NULL,
  request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
  slug TEXT NOT NULL,
  version INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (api_key, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_created_at ON idempotency (created_at);
