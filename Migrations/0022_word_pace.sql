-- However many pieces of the text indexes have come, none are put together all at once while somebody waits to write.
INSERT INTO credential_text (credential_text, rank) VALUES ('crisismerge', 1999);
INSERT INTO credential_title (credential_title, rank) VALUES ('crisismerge', 1999);
