-- The text of each rulebook that decisions were taken under: a decision stores its version.
CREATE TABLE rulebooks (
    version TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    first_used_on DATE NOT NULL
);
