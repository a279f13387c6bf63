-- The employer's own statement that the conditions of the law are met, sealed; the newest of an internship.
CREATE TABLE employer_statements (
    internship_id TEXT NOT NULL PRIMARY KEY REFERENCES internships (id),
    municipality TEXT NOT NULL,
    sealed TEXT NOT NULL
);
-- What has not begun waits for it from now on: a start computes the facts beside these internships again.
DELETE FROM internship_facts WHERE internship_id IN (SELECT id FROM internships WHERE started_on IS NULL);
