-- What was sealed cannot be put back without the key.
DROP INDEX letters_by_recipient;
ALTER TABLE letters DROP COLUMN recipient_hash;
