-- A program of the municipality that uses the API: an account in what it does, and nobody who signs in.
ALTER TABLE accounts ADD COLUMN is_client BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE clients (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    scopes TEXT NOT NULL,
    registered_by TEXT NOT NULL REFERENCES accounts (id),
    registered_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX clients_of_municipality ON clients (municipality, id);

-- Its keys, stored hashed: a new one leaves the one before for a while.
CREATE TABLE client_keys (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES clients (id),
    key_hash TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES accounts (id),
    made_at TIMESTAMP NOT NULL,
    expires_on DATE NOT NULL,
    ends_at TIMESTAMP,
    last_used_at TIMESTAMP
);
CREATE UNIQUE INDEX client_keys_by_hash ON client_keys (key_hash);
CREATE INDEX client_keys_of_client ON client_keys (municipality, client_id, id);

-- Who the municipality's own provider says somebody is: the newest claims that were followed, and since when they give no role.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    municipality TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    linked_at TIMESTAMP NOT NULL,
    claims_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX identities_of_account ON identities (account_id, issuer);

-- Sign-ins at the provider that came back: each comes back once.
CREATE TABLE spent_sign_ins (
    state_hash TEXT NOT NULL PRIMARY KEY,
    expires_at TIMESTAMP NOT NULL
);
