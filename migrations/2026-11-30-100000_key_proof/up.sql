-- A known text that is sealed with the keys of this database: a start with others finds that it does not open. One row.
CREATE TABLE key_proofs (
    id TEXT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL
);
