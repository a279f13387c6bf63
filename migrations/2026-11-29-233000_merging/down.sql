DROP INDEX approval_requests_of_citizen;
DROP INDEX follow_ups_ahead;
ALTER TABLE accounts DROP COLUMN reminded_on;
DROP INDEX citizens_merged;
ALTER TABLE citizens DROP COLUMN merged_on;
ALTER TABLE citizens DROP COLUMN merged_into;
