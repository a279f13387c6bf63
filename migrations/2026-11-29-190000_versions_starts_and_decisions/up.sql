-- A pending version can be withdrawn; an extension has a decision of its own.
ALTER TABLE versions ADD COLUMN withdrawn_on DATE;
ALTER TABLE versions ADD COLUMN withdrawn_by TEXT REFERENCES accounts (id);
ALTER TABLE versions ADD COLUMN withdrawn_because TEXT;
-- Extensions of before needed none of their own.
ALTER TABLE versions ADD COLUMN needs_decision BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE versions ADD COLUMN decided_on DATE;
ALTER TABLE versions ADD COLUMN decision TEXT;

-- When a start was recorded, why so late, and who approved one that lies before everything was agreed. Unknown of earlier rows.
ALTER TABLE internships ADD COLUMN contact_named_on DATE;
ALTER TABLE internships ADD COLUMN start_recorded_on DATE;
ALTER TABLE internships ADD COLUMN start_reasons TEXT;
ALTER TABLE internships ADD COLUMN start_approved_by TEXT REFERENCES accounts (id);

-- What a consultant asks a team leader to approve, and the answer.
CREATE TABLE approval_requests (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT NOT NULL REFERENCES internships (id),
    what TEXT NOT NULL,
    day DATE NOT NULL,
    reasons TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES accounts (id),
    asked_on DATE NOT NULL,
    answered_by TEXT REFERENCES accounts (id),
    answered_on DATE,
    granted BOOLEAN,
    answer TEXT,
    used_on DATE,
    revision INTEGER NOT NULL
);
CREATE INDEX approval_requests_by_internship ON approval_requests (internship_id);
CREATE INDEX approval_requests_waiting ON approval_requests (municipality, answered_on, id);

-- A person's word with who gave it, and how. Unknown of earlier rows.
ALTER TABLE confirmations ADD COLUMN given_by TEXT;
ALTER TABLE objections ADD COLUMN given_by TEXT;
ALTER TABLE objections ADD COLUMN via TEXT;
ALTER TABLE objections ADD COLUMN recorded_by TEXT REFERENCES accounts (id);
ALTER TABLE objections ADD COLUMN withdrawn_via TEXT;
ALTER TABLE objections ADD COLUMN withdrawn_recorded_by TEXT REFERENCES accounts (id);
ALTER TABLE answers ADD COLUMN given_by TEXT;
ALTER TABLE answers ADD COLUMN recorded_by TEXT REFERENCES accounts (id);

-- Whether letters of a case reach an address is asked at each evaluation of an open internship.
CREATE INDEX letters_by_case ON letters (municipality, case_reference);
