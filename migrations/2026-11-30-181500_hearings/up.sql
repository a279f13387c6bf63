-- What was put to a citizen before the municipality ended an internship, and what the citizen said; sealed.
CREATE TABLE hearings (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT NOT NULL REFERENCES internships (id),
    sealed TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX hearings_of_internship ON hearings (municipality, internship_id);
