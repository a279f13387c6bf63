-- What was added to a follow-up after it was held. The words are sealed, and never changed.
CREATE TABLE addenda (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    follow_up_id TEXT NOT NULL REFERENCES follow_ups (id),
    sealed TEXT NOT NULL,
    added_on DATE NOT NULL,
    added_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX addenda_of_follow_up ON addenda (municipality, follow_up_id);
