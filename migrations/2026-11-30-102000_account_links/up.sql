-- The link by which somebody chooses a password: it works once, and the token is stored hashed.
CREATE TABLE account_links (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    token_hash TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE UNIQUE INDEX account_links_by_token ON account_links (token_hash);
CREATE INDEX account_links_of_account ON account_links (municipality, account_id);

-- A role with health data is asked for by one person and confirmed by another. Nobody of before waits.
ALTER TABLE accounts ADD COLUMN role_confirmation TEXT;
ALTER TABLE accounts ADD COLUMN asked_role TEXT;
ALTER TABLE accounts ADD COLUMN asked_by TEXT;
