ALTER TABLE accounts DROP COLUMN asked_by;
ALTER TABLE accounts DROP COLUMN asked_role;
ALTER TABLE accounts DROP COLUMN role_confirmation;
DROP TABLE account_links;
