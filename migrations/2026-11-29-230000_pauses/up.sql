-- Pauses of internships; why is sealed, since illness is health data. A pause without a last day is open.
CREATE TABLE pauses (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT NOT NULL REFERENCES internships (id),
    from_on DATE NOT NULL,
    to_on DATE,
    to_recorded_on DATE,
    sealed TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    revision INTEGER NOT NULL,
    in_error_on DATE
);
CREATE INDEX pauses_of_citizen ON pauses (municipality, citizen_id);
CREATE INDEX pauses_of_internship ON pauses (municipality, internship_id);

-- Days on which a workplace is closed.
CREATE TABLE closures (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    revision INTEGER NOT NULL,
    in_error_by TEXT REFERENCES accounts (id),
    in_error_because TEXT,
    in_error_on DATE
);
CREATE INDEX closures_of_workplace ON closures (municipality, workplace_id);
