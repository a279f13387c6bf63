-- Representatives of the employees who were asked for a statement by a link of their own. The newest of an internship is the one that
-- can answer.
CREATE TABLE statement_requests (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    internship_id TEXT NOT NULL REFERENCES internships (id),
    given_by TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    asked_on DATE NOT NULL,
    asked_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX statement_requests_of_internship ON statement_requests (municipality, internship_id);
