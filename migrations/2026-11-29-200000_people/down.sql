DROP INDEX openings_of_keeper;
DROP INDEX companies_of_liaison;
ALTER TABLE consultant_changes DROP COLUMN wished_by_citizen;
DROP TABLE account_changes;
DROP TABLE substitutes;
ALTER TABLE accounts DROP COLUMN team;
