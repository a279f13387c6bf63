-- Who has read of whom: one row an answer, numbered within its municipality; each holds a keyed hash over itself and the one before.
CREATE TABLE reads (
    municipality TEXT NOT NULL,
    number BIGINT NOT NULL,
    read_at TIMESTAMP NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    link_id TEXT,
    via TEXT NOT NULL,
    network TEXT NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
);
CREATE TABLE reads_of_citizens (
    municipality TEXT NOT NULL,
    number BIGINT NOT NULL,
    citizen_id TEXT NOT NULL,
    what TEXT NOT NULL,
    relation TEXT NOT NULL,
    reason_id TEXT,
    PRIMARY KEY (municipality, number, citizen_id, what)
);
CREATE INDEX reads_of_citizens_by_citizen ON reads_of_citizens (municipality, citizen_id, number);

-- Who has changed what of whom, written in the transaction of the change.
CREATE TABLE changes (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    via TEXT NOT NULL,
    network TEXT NOT NULL,
    what TEXT NOT NULL,
    relation TEXT NOT NULL,
    reason_id TEXT
);
CREATE INDEX changes_of_citizen ON changes (municipality, citizen_id, id);

-- Why somebody looks at a citizen of somebody else, sealed: it holds for the day on which it was written.
CREATE TABLE access_reasons (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    given_on DATE NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX access_reasons_of_account ON access_reasons (municipality, account_id, given_on);
