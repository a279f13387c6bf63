DROP TABLE former_numbers;
DROP TABLE corrections;
ALTER TABLE retention_checks DROP COLUMN in_error_on;
ALTER TABLE follow_ups DROP COLUMN in_error_on;
ALTER TABLE outcomes DROP COLUMN in_error_on;
ALTER TABLE answers DROP COLUMN in_error_on;
ALTER TABLE internships DROP COLUMN end_recorded_by;
ALTER TABLE internships DROP COLUMN start_recorded_by;
ALTER TABLE internships DROP COLUMN in_error_on;
