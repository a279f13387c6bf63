-- What is planned or awaited for a citizen without an internship. The words are sealed.
CREATE TABLE steps (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    kind TEXT NOT NULL,
    expected_on DATE NOT NULL,
    done_on DATE,
    done_recorded_on DATE,
    cancelled_on DATE,
    sealed TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    revision INTEGER NOT NULL,
    closing_id TEXT
);
CREATE INDEX steps_of_citizen ON steps (municipality, citizen_id);

-- Whoever was never evaluated, since nothing could be found, is evaluated now: standing still is a finding.
UPDATE citizens SET look_on = coalesce(registered_on, '2000-01-01') WHERE look_on IS NULL AND closed_since IS NULL;
