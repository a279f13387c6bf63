-- Flags about workplaces have no place in the older schema; they go, with their history.
DELETE FROM told WHERE flag_id IN (SELECT id FROM flags WHERE citizen_id IS NULL);
DELETE FROM flag_events WHERE flag_id IN (SELECT id FROM flags WHERE citizen_id IS NULL);
DELETE FROM flags WHERE citizen_id IS NULL;

CREATE TABLE old_flags (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    occasion TEXT NOT NULL,
    episode INTEGER NOT NULL,
    step INTEGER NOT NULL,
    level TEXT NOT NULL,
    evidence TEXT NOT NULL,
    raised_on DATE NOT NULL,
    risen_on DATE NOT NULL,
    gone TEXT,
    gone_on DATE,
    acknowledged_level TEXT,
    snoozed_until DATE,
    rulebook TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (rule, subject, occasion, episode)
);
INSERT INTO old_flags (id, municipality, citizen_id, rule, subject, occasion, episode, step, level, evidence,
    raised_on, risen_on, gone, gone_on, acknowledged_level, snoozed_until, rulebook, revision)
SELECT id, municipality, citizen_id, rule, subject, occasion, episode, step, level, evidence,
    raised_on, risen_on, gone, gone_on, acknowledged_level, snoozed_until, rulebook, revision FROM flags;
CREATE TABLE old_flag_events (
    id TEXT NOT NULL PRIMARY KEY,
    flag_id TEXT NOT NULL REFERENCES old_flags (id),
    municipality TEXT NOT NULL,
    happened_on DATE NOT NULL,
    what TEXT NOT NULL,
    level TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    reason TEXT
);
INSERT INTO old_flag_events (id, flag_id, municipality, happened_on, what, level, account_id, reason)
SELECT id, flag_id, municipality, happened_on, what, level, account_id, reason FROM flag_events;
CREATE TABLE old_told (
    told_key TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    flag_id TEXT NOT NULL REFERENCES old_flags (id),
    audience TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    level TEXT NOT NULL,
    what TEXT NOT NULL,
    told_on DATE NOT NULL,
    letter_id TEXT REFERENCES letters (id)
);
INSERT INTO old_told (told_key, municipality, flag_id, audience, account_id, level, what, told_on, letter_id)
SELECT told_key, municipality, flag_id, audience, account_id, level, what, told_on, letter_id FROM told;
DROP TABLE told;
DROP TABLE flag_events;
DROP TABLE flags;
ALTER TABLE old_flags RENAME TO flags;
ALTER TABLE old_flag_events RENAME TO flag_events;
ALTER TABLE old_told RENAME TO told;
CREATE INDEX flags_by_citizen ON flags (citizen_id);
CREATE INDEX flags_by_municipality ON flags (municipality, gone_on, id);
CREATE INDEX flag_events_by_flag ON flag_events (flag_id);
CREATE INDEX told_by_flag ON told (flag_id);
CREATE INDEX told_waiting ON told (account_id) WHERE letter_id IS NULL;

DROP INDEX outcomes_by_internship;
DROP INDEX outcomes_by_workplace;
DROP TABLE written_reasons;
DROP TABLE placed_by_others;
DROP TABLE story;
DROP TABLE consultant_changes;
DROP TABLE retention_checks;
DROP TABLE follow_ups;
ALTER TABLE versions DROP COLUMN asked;
ALTER TABLE internships DROP COLUMN prospect_gone_on;
DROP INDEX citizens_to_look_at;
CREATE INDEX citizens_to_look_at ON citizens (look_on);
DROP INDEX workplaces_to_look_at;
ALTER TABLE workplaces DROP COLUMN look_on;
ALTER TABLE citizens DROP COLUMN registered_on;
