-- The addresses of letters and calendar entries are sealed by the next start; a letter is found by a keyed hash of its address.
INSERT INTO unsealed SELECT 'letters', id, 'recipient', recipient FROM letters;
UPDATE letters SET recipient = '';
INSERT INTO unsealed SELECT 'calendar_entries', id, 'recipient', recipient FROM calendar_entries;
UPDATE calendar_entries SET recipient = '';
ALTER TABLE letters ADD COLUMN recipient_hash TEXT;
CREATE INDEX letters_by_recipient ON letters (municipality, recipient_hash);
