-- Pieces of the text indexes are put together as the registry says, a little at a time; only where very many have come
-- does FTS5 do it by itself, all at once.
INSERT INTO credential_text (credential_text, rank) VALUES ('automerge', 0);
INSERT INTO credential_text (credential_text, rank) VALUES ('usermerge', 16);
INSERT INTO credential_text (credential_text, rank) VALUES ('crisismerge', 64);
INSERT INTO credential_title (credential_title, rank) VALUES ('automerge', 0);
INSERT INTO credential_title (credential_title, rank) VALUES ('usermerge', 16);
INSERT INTO credential_title (credential_title, rank) VALUES ('crisismerge', 64);
