DROP INDEX follow_ups_to_ask;
ALTER TABLE follow_ups DROP COLUMN asked_on;
DROP TABLE written;
