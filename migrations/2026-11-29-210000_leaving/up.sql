-- A citizen's course is closed: dead, moved, or otherwise; it can be opened again. The reasons are sealed.
CREATE TABLE closings (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    how TEXT NOT NULL,
    left_on DATE NOT NULL,
    reasons TEXT,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    reopened_on DATE,
    reopened_by TEXT REFERENCES accounts (id),
    reopening_reasons TEXT,
    was_in_error BOOLEAN
);
CREATE INDEX closings_of_citizen ON closings (municipality, citizen_id);

-- Since when the course is closed, none while it is open; and when it was last opened again.
ALTER TABLE citizens ADD COLUMN closed_since DATE;
ALTER TABLE citizens ADD COLUMN reopened_on DATE;
CREATE INDEX citizens_who_left ON citizens (municipality, id) WHERE closed_since IS NOT NULL;

-- The closing that ended or cancelled an internship, so that one registered in error can be taken back.
ALTER TABLE internships ADD COLUMN closing_id TEXT;
