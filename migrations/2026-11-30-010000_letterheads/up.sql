-- Whom to call about a letter, and to whom an answer to it goes.
ALTER TABLE accounts ADD COLUMN phone TEXT;
ALTER TABLE letters ADD COLUMN reply_to TEXT;

-- What was done through a link on the day it was last used, so that one link cannot be used without end.
ALTER TABLE links ADD COLUMN used_on DATE;
ALTER TABLE links ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;

-- With *we hire*: from when, and for how many hours a week.
ALTER TABLE answers ADD COLUMN first_on DATE;
ALTER TABLE answers ADD COLUMN weekly_minutes BIGINT;
