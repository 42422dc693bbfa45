-- Pieces of the text indexes are put together as they come, also by an import. FTS5 does it all at once, with everybody
-- waiting, only where that didn't happen: it takes no more than 2000 pieces, of all sizes.
INSERT INTO credential_text (credential_text, rank) VALUES ('crisismerge', 256);
INSERT INTO credential_title (credential_title, rank) VALUES ('crisismerge', 256);
