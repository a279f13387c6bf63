-- How often the digits that a citizen's link can ask for were wrong.
ALTER TABLE links ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
