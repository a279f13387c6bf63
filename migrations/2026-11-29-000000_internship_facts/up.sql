-- What lists show of an internship and filter by, and what is no health data; the rest of its terms is sealed. Written by one
-- function whenever an internship is saved (src/store/internship_facts.rs), filled for older rows at the next start.
CREATE TABLE internship_facts (
    internship_id TEXT NOT NULL PRIMARY KEY REFERENCES internships (id),
    municipality TEXT NOT NULL,
    kind TEXT NOT NULL,
    occupation TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    least_minutes BIGINT NOT NULL,
    most_minutes BIGINT NOT NULL,
    decision_on DATE,
    answer TEXT,
    standing_number INTEGER NOT NULL,
    in_force_on DATE,
    newest_number INTEGER NOT NULL,
    citizen_confirmed BOOLEAN NOT NULL,
    consultant_confirmed BOOLEAN NOT NULL,
    company_confirmed BOOLEAN NOT NULL,
    accommodations_settled BOOLEAN NOT NULL,
    missing TEXT NOT NULL,
    extensions INTEGER NOT NULL
);
