ALTER TABLE letters DROP COLUMN due_at;
