-- Every write of an item, in the order of commits: appended in the write's own transaction, never changed.
-- before and after hold the members that changed, null where one wasn't stated. A creation has neither: what it
-- made is the item as it is, put back by the changes that came after.
CREATE TABLE change (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('create', 'replace', 'patch', 'withdraw', 'merge')),
  noun TEXT NOT NULL,
  item INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  -- NULL where whoever runs the registry loaded it.
  author TEXT REFERENCES api_key (id),
  -- The provider whose item it is, and who sees it while it is a draft.
  owner TEXT,
  -- Whether the item was, and then is, for everyone to see.
  seen_before INTEGER NOT NULL CHECK (seen_before IN (0, 1)),
  seen_after INTEGER NOT NULL CHECK (seen_after IN (0, 1)),
  before TEXT CHECK (json_type(before) = 'object'),
  after TEXT CHECK (json_type(after) = 'object'),
  CHECK ((before IS NULL) = (after IS NULL)),
  CHECK ((before IS NULL) = (action = 'create'))
) STRICT;

CREATE UNIQUE INDEX change_item ON change (noun, item, version);

-- Two that turn out to be one: the survivor lists the others, which answer by it.
ALTER TABLE provider ADD COLUMN same_as TEXT CHECK (json_type(same_as) = 'array');
ALTER TABLE provider ADD COLUMN merged_into TEXT REFERENCES provider (slug);
CREATE INDEX provider_merged_into ON provider (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE credential ADD COLUMN same_as TEXT CHECK (json_type(same_as) = 'array');
ALTER TABLE credential ADD COLUMN merged_into TEXT REFERENCES credential (slug);
CREATE INDEX credential_merged_into ON credential (merged_into) WHERE merged_into IS NOT NULL;

-- What is there already begins its history as it is now: what it was before, nobody wrote down.
INSERT INTO change (at, action, noun, item, version, owner, seen_before, seen_after)
SELECT updated_at, 'create', 'provider', number, version, slug, 0, 1 FROM provider ORDER BY number;
INSERT INTO change (at, action, noun, item, version, owner, seen_before, seen_after)
SELECT updated_at, 'create', 'credential', number, version, provider, 0, status <> 'draft'
FROM credential ORDER BY number;
