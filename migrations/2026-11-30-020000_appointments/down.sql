ALTER TABLE letters DROP COLUMN calendar;
DROP TABLE calendar_entries;
DROP TABLE meetings;
ALTER TABLE follow_ups DROP COLUMN place;
ALTER TABLE follow_ups DROP COLUMN at_time;
