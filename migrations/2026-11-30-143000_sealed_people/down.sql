-- What was sealed cannot be put back without the key: the columns are there, and empty.
ALTER TABLE citizens RENAME COLUMN person TO name;
ALTER TABLE citizens ADD COLUMN email TEXT;
ALTER TABLE citizens ADD COLUMN phone TEXT;
ALTER TABLE citizens ADD COLUMN mentor TEXT;
ALTER TABLE citizens ADD COLUMN mentor_email TEXT;
ALTER TABLE citizens ADD COLUMN mentor_phone TEXT;
DROP TABLE unsealed;
