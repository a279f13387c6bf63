ALTER TABLE answers DROP COLUMN weekly_minutes;
ALTER TABLE answers DROP COLUMN first_on;
ALTER TABLE links DROP COLUMN uses;
ALTER TABLE links DROP COLUMN used_on;
ALTER TABLE letters DROP COLUMN reply_to;
ALTER TABLE accounts DROP COLUMN phone;
