-- Which key took the place of one that was rotated.
ALTER TABLE api_key ADD COLUMN successor TEXT REFERENCES api_key (id);
