-- By what a citizen's name is found: keyed hashes of the spellings of its words. Nothing of a name can be read from it.
CREATE TABLE citizen_names (
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    spelling_hash TEXT NOT NULL,
    municipality TEXT NOT NULL,
    PRIMARY KEY (citizen_id, spelling_hash)
);
CREATE INDEX citizen_names_by_spelling ON citizen_names (municipality, spelling_hash, citizen_id);
