-- What adds up to what: a rule leads from groups of components to its target.
CREATE TABLE stacking_rule (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE CHECK (slug GLOB '[a-z0-9]*'),
  kind TEXT NOT NULL CHECK (kind IN ('accumulates_to', 'exempts_from', 'gives_access_to')),
  status TEXT NOT NULL CHECK (status IN ('active', 'withdrawn')),
  title TEXT CHECK (json_type(title) = 'object'),
  target TEXT NOT NULL REFERENCES credential (slug),
  component_groups TEXT NOT NULL CHECK (json_type(component_groups) = 'array'),
  ordered INTEGER CHECK (ordered IN (0, 1)),
  max_age_months INTEGER CHECK (max_age_months > 0),
  overlaps TEXT CHECK (json_type(overlaps) = 'array'),
  exempts TEXT CHECK (json_type(exempts) = 'object'),
  jurisdiction TEXT REFERENCES country (code),
  legal_basis TEXT,
  note TEXT,
  source TEXT CHECK (json_type(source) = 'object'),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX stacking_rule_target ON stacking_rule (target, status, kind);
CREATE INDEX stacking_rule_jurisdiction ON stacking_rule (jurisdiction, number);
CREATE INDEX stacking_rule_updated_at ON stacking_rule (updated_at, number);

-- The components of every rule, one a row, written with it: the edges of the graph.
CREATE TABLE stacking_component (
  component TEXT NOT NULL REFERENCES credential (slug),
  rule INTEGER NOT NULL REFERENCES stacking_rule (number) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  PRIMARY KEY (component, rule, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX stacking_component_rule ON stacking_component (rule, place);
