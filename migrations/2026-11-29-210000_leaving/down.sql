-- The former release knows no other ending that says nothing about the company.
UPDATE internships SET ending = 'broken-off', ended_by = 'citizen' WHERE ending = 'left';
ALTER TABLE internships DROP COLUMN closing_id;
DROP INDEX citizens_who_left;
ALTER TABLE citizens DROP COLUMN reopened_on;
ALTER TABLE citizens DROP COLUMN closed_since;
DROP TABLE closings;
