-- The words of a row by where they stand, the weightiest column first. Texts of one column are kept
-- apart by U+001E, which is no part of any word. Every filling of the indexes below reads these views.
CREATE VIEW provider_words (number, name) AS
  SELECT number, (SELECT group_concat(value, char(30)) FROM json_each(name)) FROM provider;

CREATE VIEW credential_words (number, title, provider, learning_outcomes, description) AS
  SELECT credential.number,
    (SELECT group_concat(value, char(30)) FROM json_each(credential.title)),
    (SELECT group_concat(text, char(30)) FROM (
      SELECT name.value AS text FROM provider, json_each(provider.name) AS name
      WHERE provider.slug = credential.provider
      UNION
      SELECT name.value FROM json_each(credential.awarding_bodies) AS body
        JOIN provider ON provider.slug = body.value ->> '$.provider', json_each(provider.name) AS name
      UNION
      SELECT name.value FROM json_each(credential.awarding_bodies) AS body,
        json_each(body.value, '$.name') AS name)),
    (SELECT group_concat(text.value, char(30))
      FROM json_each(credential.learning_outcomes) AS outcome, json_each(outcome.value, '$.text') AS text),
    (SELECT group_concat(value, char(30)) FROM json_each(credential.description))
  FROM credential;

DROP TABLE provider_text;
CREATE VIRTUAL TABLE provider_text USING fts5 (
  name, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO provider_text (rowid, name) SELECT number, name FROM provider_words;

DROP TABLE credential_text;
CREATE VIRTUAL TABLE credential_text USING fts5 (
  title, provider, learning_outcomes, description,
  columnsize = 0, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
  SELECT number, title, provider, learning_outcomes, description FROM credential_words;

-- Titles once more: a search reads them first, and finds at once when a common word is in none.
CREATE VIRTUAL TABLE credential_title USING fts5 (
  title, content = 'credential_text', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO credential_title (rowid, title) SELECT rowid, title FROM credential_text;

-- Each word with the number of rows that have it.
CREATE VIRTUAL TABLE credential_vocabulary USING fts5vocab (credential_title, 'row');
CREATE VIRTUAL TABLE provider_vocabulary USING fts5vocab (provider_text, 'row');

-- Each word where it stands: what a prefix may become is read from these.
CREATE VIRTUAL TABLE credential_word USING fts5vocab (credential_text, 'instance');
CREATE VIRTUAL TABLE provider_word USING fts5vocab (provider_text, 'instance');
