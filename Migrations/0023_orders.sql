-- Lists in the order of a number or a moment are ordered by what is kept in memory, so no index of them is written
-- (docs/decisions/0006).
DROP INDEX credential_hours_min;
DROP INDEX credential_credit_points;
DROP INDEX credential_price_amount;
DROP INDEX credential_created_at;
DROP INDEX credential_updated_at;
DROP INDEX provider_created_at;
DROP INDEX provider_updated_at;

-- A statement that stores many credentials needs no journal of its own (docs/decisions/0022) if nothing in it may fail
-- halfway: what rows refer to is looked for as they are written, but what is missing is told at the transaction's end,
-- and what is filtered and ordered by is written like all else, since SQLite counts a function among what may fail. No
-- row changes by that but for the titles, and so this is the way that
-- https://www.sqlite.org/lang_altertable.html §8 names.
DROP INDEX credential_title_en;
ALTER TABLE credential DROP COLUMN title_en;
ALTER TABLE credential ADD COLUMN title_en TEXT;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(replace(replace(replace(replace(sql,
  ' (slug)', ' (slug) DEFERRABLE INITIALLY DEFERRED'),
  ' (code)', ' (code) DEFERRABLE INITIALLY DEFERRED'),
  'hours_min REAL GENERATED ALWAYS AS
    (coalesce(workload ->> ''$.hours'', workload ->> ''$.hours_min'')) STORED', 'hours_min REAL'),
  'hours_max REAL GENERATED ALWAYS AS
    (coalesce(workload ->> ''$.hours'', workload ->> ''$.hours_max'')) STORED', 'hours_max REAL'),
  'credit_system TEXT GENERATED ALWAYS AS (credit ->> ''$.system'') STORED', 'credit_system TEXT'),
  'credit_points REAL GENERATED ALWAYS AS (credit ->> ''$.points'') STORED', 'credit_points REAL'),
  'price_amount REAL GENERATED ALWAYS AS (price ->> ''$.amount'') STORED', 'price_amount REAL'),
  'stackable INTEGER GENERATED ALWAYS AS
    (CASE integration WHEN ''stand_alone'' THEN 0 WHEN ''stackable'' THEN 1 WHEN ''both'' THEN 1 END) STORED',
  'stackable INTEGER')
WHERE type = 'table' AND name = 'credential';
PRAGMA writable_schema = RESET;
UPDATE credential SET title_en = title ->> '$.en';
CREATE INDEX credential_title_en ON credential (title_en, number);
