-- People leave, return, change and are away: teams, substitutes, a record of each change of an account, and changes of consultant that
-- the citizen wished for.
ALTER TABLE accounts ADD COLUMN team TEXT;

-- One an account: who stands in while its holder is away, or once it is closed.
CREATE TABLE substitutes (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    municipality TEXT NOT NULL,
    substitute_id TEXT NOT NULL REFERENCES accounts (id),
    from_on DATE NOT NULL,
    until_on DATE
);
CREATE INDEX substitutes_by_municipality ON substitutes (municipality, account_id);

CREATE TABLE account_changes (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    changed_by TEXT NOT NULL REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL,
    field TEXT NOT NULL,
    value_before TEXT,
    value_after TEXT
);
CREATE INDEX account_changes_by_account ON account_changes (municipality, account_id, id);

-- Nobody was asked before: none of the earlier changes is marked.
ALTER TABLE consultant_changes ADD COLUMN wished_by_citizen BOOLEAN NOT NULL DEFAULT FALSE;

-- What somebody leaves is found by its keeper.
CREATE INDEX companies_of_liaison ON companies (municipality, liaison_id, id);
CREATE INDEX openings_of_keeper ON openings (municipality, kept_by, closed_on, id);
