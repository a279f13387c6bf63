-- What citizen or company wrote behind a link that asks questions: before a follow-up, or of a job. Purpose and occasion are those of
-- the link. Rows are only added; the words are sealed.
CREATE TABLE written (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    internship_id TEXT NOT NULL REFERENCES internships (id),
    purpose TEXT NOT NULL,
    occasion TEXT NOT NULL,
    party TEXT NOT NULL,
    sealed TEXT NOT NULL,
    written_on DATE NOT NULL
);
CREATE INDEX written_of_internship ON written (municipality, internship_id);

-- The day on which citizen and company were asked what they want to say at a follow-up.
ALTER TABLE follow_ups ADD COLUMN asked_on DATE;
CREATE INDEX follow_ups_to_ask ON follow_ups (due_on) WHERE asked_on IS NULL AND held_on IS NULL AND cancelled_on IS NULL;
