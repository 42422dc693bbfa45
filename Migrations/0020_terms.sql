-- Columns in memory answer all that terms were kept for but one thing: which credentials a provider awards that aren't
-- its own.
CREATE TABLE credential_awarding_body (
  provider TEXT NOT NULL,
  credential INTEGER NOT NULL REFERENCES credential (number) ON DELETE CASCADE,
  PRIMARY KEY (provider, credential)
) STRICT, WITHOUT ROWID;

CREATE INDEX credential_awarding_body_credential ON credential_awarding_body (credential);

INSERT INTO credential_awarding_body (provider, credential)
SELECT value, item FROM credential_term WHERE member = 'awarding_body';

DROP TABLE credential_term;

-- A transaction's words are written out as one piece, where they fit in so many bytes.
INSERT INTO credential_text (credential_text, rank) VALUES ('hashsize', 16777216);
INSERT INTO credential_title (credential_title, rank) VALUES ('hashsize', 4194304);
