ALTER TABLE citizens DROP COLUMN mentor_phone;
ALTER TABLE citizens DROP COLUMN mentor_email;
