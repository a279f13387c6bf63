-- Since when a letter was to leave: from when it was queued, or from when somebody had it sent again. A failed try moves `not_before` and not this.
ALTER TABLE letters ADD COLUMN due_at TIMESTAMP;
UPDATE letters SET due_at = CASE WHEN attempts = 0 THEN not_before ELSE created_at END;
