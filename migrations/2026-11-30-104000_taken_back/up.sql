-- Why an objection that came by link was recorded as taken back, sealed.
ALTER TABLE objections ADD COLUMN withdrawal_sealed TEXT;

-- A party's yes to an accommodation that was taken back: it stands in `agreements` no longer.
CREATE TABLE former_agreements (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    accommodation_id TEXT NOT NULL REFERENCES accommodations (id),
    party TEXT NOT NULL,
    via TEXT NOT NULL,
    agreed_on DATE NOT NULL,
    taken_back_via TEXT NOT NULL,
    taken_back_on DATE NOT NULL,
    recorded_by TEXT REFERENCES accounts (id)
);
