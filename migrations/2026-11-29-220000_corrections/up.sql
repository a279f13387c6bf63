-- What was recorded wrongly is put right: the wrong row stays, marked, and counts nowhere. Nothing of before is marked.
ALTER TABLE internships ADD COLUMN in_error_on DATE;
-- Who recorded a start and an end; unknown of earlier ones.
ALTER TABLE internships ADD COLUMN start_recorded_by TEXT REFERENCES accounts (id);
ALTER TABLE internships ADD COLUMN end_recorded_by TEXT REFERENCES accounts (id);
ALTER TABLE answers ADD COLUMN in_error_on DATE;
ALTER TABLE outcomes ADD COLUMN in_error_on DATE;
ALTER TABLE follow_ups ADD COLUMN in_error_on DATE;
ALTER TABLE retention_checks ADD COLUMN in_error_on DATE;

-- Who put what right, why, what stood before, and who was told.
CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT REFERENCES internships (id),
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    reasons TEXT NOT NULL,
    stood_before TEXT NOT NULL,
    told TEXT NOT NULL,
    corrected_by TEXT NOT NULL REFERENCES accounts (id),
    corrected_on DATE NOT NULL
);
CREATE INDEX corrections_by_citizen ON corrections (municipality, citizen_id, id);

-- Numbers that a citizen had here before: mistyped, or changed since.
CREATE TABLE former_numbers (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    cpr_sealed TEXT NOT NULL,
    cpr_hash TEXT NOT NULL,
    until_on DATE NOT NULL
);
CREATE INDEX former_numbers_by_number ON former_numbers (municipality, cpr_hash);
CREATE INDEX former_numbers_by_citizen ON former_numbers (municipality, citizen_id, id);
