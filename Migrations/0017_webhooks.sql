-- Who is told of changes over HTTP, and how far he is: a place in the change feed, not a queue of messages.
CREATE TABLE webhook (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  description TEXT,
  -- What is told, nouns and "noun.action"; NULL for everything.
  events TEXT CHECK (json_type(events) = 'array'),
  -- Whose changes alone are told; NULL for all.
  provider TEXT REFERENCES provider (slug),
  -- The provider whose webhook it is, which is told what its key may see; NULL for one of the admins'.
  owner TEXT REFERENCES provider (slug),
  -- What signs is needed as it is, so neither digest nor seal would do.
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  -- The one before, which signs as well until then.
  old_secret BLOB CHECK (length(old_secret) = 32),
  old_secret_until INTEGER,
  state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'failing', 'gone')),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The change up to which all is delivered, or not wanted.
  position INTEGER NOT NULL CHECK (position >= 0),
  -- Of the first message after that: how often it was tried, and when it will be again.
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  -- The id of a test message that waits.
  test TEXT,
  CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
  CHECK (owner IS NULL OR provider = owner)
) STRICT;

-- What became of the last messages, a row an attempt.
CREATE TABLE webhook_attempt (
  number INTEGER PRIMARY KEY,
  webhook INTEGER NOT NULL REFERENCES webhook (number) ON DELETE CASCADE,
  message TEXT NOT NULL,
  type TEXT NOT NULL,
  -- The change that was told; NULL for a test.
  change INTEGER,
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  at INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  -- The answer's status, or why there was none.
  status INTEGER,
  error TEXT,
  next_attempt_at INTEGER,
  CHECK ((status IS NULL) <> (error IS NULL))
) STRICT;

CREATE INDEX webhook_attempt_webhook ON webhook_attempt (webhook, number);
