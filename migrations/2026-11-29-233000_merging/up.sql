-- One person who was registered under two numbers: the record that was left says which one goes on. Nobody of before has been merged.
ALTER TABLE citizens ADD COLUMN merged_into TEXT;
ALTER TABLE citizens ADD COLUMN merged_on DATE;
CREATE INDEX citizens_merged ON citizens (municipality, merged_into) WHERE merged_into IS NOT NULL;

-- The day on which somebody was last reminded of the follow-ups that come next: once a day.
ALTER TABLE accounts ADD COLUMN reminded_on DATE;
CREATE INDEX follow_ups_ahead ON follow_ups (due_on) WHERE held_on IS NULL AND cancelled_on IS NULL;

-- What is moved is found by whose it is.
CREATE INDEX approval_requests_of_citizen ON approval_requests (municipality, citizen_id);
