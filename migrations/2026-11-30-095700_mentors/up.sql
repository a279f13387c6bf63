-- Where a mentor is reached, where the citizen wants the mentor told of what is agreed.
ALTER TABLE citizens ADD COLUMN mentor_email TEXT;
ALTER TABLE citizens ADD COLUMN mentor_phone TEXT;
