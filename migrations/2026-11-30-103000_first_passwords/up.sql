-- Whether the password is the one that the program made for the first administrator: its holder chooses another before anything else.
ALTER TABLE accounts ADD COLUMN has_first_password BOOLEAN NOT NULL DEFAULT FALSE;
