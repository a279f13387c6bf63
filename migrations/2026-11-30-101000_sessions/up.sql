-- A session has a name of its own, by which its holder ends it, and says when it was used last. Those of before get theirs from their
-- hash (not the whole of it), and were used when they began.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN used_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
UPDATE sessions SET
    id = substr(token_hash, 1, 8) || '-' || substr(token_hash, 9, 4) || '-' || substr(token_hash, 13, 4) || '-'
        || substr(token_hash, 17, 4) || '-' || substr(token_hash, 21, 12),
    used_at = created_at;
CREATE INDEX sessions_of_account ON sessions (account_id, id);
