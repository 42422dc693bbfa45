-- What no question goes through any more costs every write: columns in memory answer filters and facets.
DROP INDEX credential_status;
DROP INDEX credential_sector;
DROP INDEX credential_nace;

-- Terms are kept for what is asked in SQL: a country's figures, a level's and a field's credentials, and the
-- awarding bodies that aren't the provider itself, whose credentials the index of providers finds.
DELETE FROM credential_term WHERE member NOT IN ('awarding_body', 'country', 'isced_f', 'level');
DELETE FROM credential_term WHERE member = 'awarding_body'
  AND value = (SELECT provider FROM credential WHERE number = credential_term.item);
