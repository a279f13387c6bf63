ALTER TABLE accounts DROP COLUMN has_first_password;
