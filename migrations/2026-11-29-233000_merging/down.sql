DROP INDEX approval_requests_of_citizen;
DROP INDEX citizens_merged;
ALTER TABLE citizens DROP COLUMN merged_on;
ALTER TABLE citizens DROP COLUMN merged_into;
