-- A planned follow-up may have a time of day (HH:MM, Copenhagen) and a place.
ALTER TABLE follow_ups ADD COLUMN at_time TEXT;
ALTER TABLE follow_ups ADD COLUMN place TEXT;

-- When and where the citizen is met on the first day, and whom to ask for: practical, and no part of what is signed.
CREATE TABLE meetings (
    internship_id TEXT NOT NULL PRIMARY KEY REFERENCES internships (id),
    municipality TEXT NOT NULL,
    at_time TEXT,
    place TEXT,
    ask_for TEXT
);

-- What stands in somebody's calendar because of us, as it was said last. The id is the entry's UID. A row that no letter carries
-- waits to be said, or was given up without a word. A follow-up that came to nothing is deleted, so nothing refers to it.
CREATE TABLE calendar_entries (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT NOT NULL REFERENCES internships (id),
    what TEXT NOT NULL,
    follow_up_id TEXT,
    party TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    contact_id TEXT REFERENCES contacts (id),
    recipient TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    on_day DATE NOT NULL,
    at_time TEXT,
    place TEXT,
    ask_for TEXT,
    day_before DATE,
    time_before TEXT,
    cancelled_on DATE,
    letter_id TEXT REFERENCES letters (id)
);
CREATE INDEX calendar_entries_of_citizen ON calendar_entries (municipality, citizen_id);
CREATE INDEX calendar_entries_of_letter ON calendar_entries (municipality, letter_id);
CREATE INDEX calendar_entries_waiting ON calendar_entries (on_day) WHERE letter_id IS NULL AND account_id IS NOT NULL;

-- What a letter puts into a calendar, as JSON.
ALTER TABLE letters ADD COLUMN calendar TEXT;
