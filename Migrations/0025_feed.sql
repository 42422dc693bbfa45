-- Of which feed the numbers of changes are. `cairn restore` makes another: what comes after the backup then has the
-- numbers of changes that were lost.
CREATE TABLE feed (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  id TEXT NOT NULL CHECK (length(id) = 16 AND id NOT GLOB '*[^0-9a-f]*')
) STRICT;

INSERT INTO feed (number, id) VALUES (1, lower(hex(randomblob(8))));
