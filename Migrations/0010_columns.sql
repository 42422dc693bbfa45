-- Counts the transactions that wrote providers or credentials: what is kept in memory beside the tables
-- knows by it which state of them it shows.
CREATE TABLE revision (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;

INSERT INTO revision (one, number) VALUES (1, 1);

-- An external id is looked for without its provider, too.
DROP INDEX credential_external_id;
CREATE UNIQUE INDEX credential_external_id ON credential (external_id, provider);

-- Lists sorted by these walk along them.
CREATE INDEX credential_price_amount ON credential (price_amount, number);
CREATE INDEX provider_created_at ON provider (created_at, number);
CREATE INDEX provider_name_en ON provider (name_en, number);
