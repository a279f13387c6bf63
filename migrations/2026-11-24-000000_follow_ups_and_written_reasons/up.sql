-- Every course: follow-ups, retention checks, changes of consultant, the citizen's story, who else is placed at a
-- workplace, written reasons; flags about workplaces. The same text serves SQLite and PostgreSQL.

ALTER TABLE citizens ADD COLUMN registered_on DATE;
ALTER TABLE workplaces ADD COLUMN look_on DATE;
CREATE INDEX workplaces_to_look_at ON workplaces (look_on, id);
DROP INDEX citizens_to_look_at;
CREATE INDEX citizens_to_look_at ON citizens (look_on, id);
ALTER TABLE internships ADD COLUMN prospect_gone_on DATE;
ALTER TABLE versions ADD COLUMN asked TEXT;

CREATE TABLE follow_ups (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT NOT NULL REFERENCES internships (id),
    kind TEXT NOT NULL,
    planned_on DATE NOT NULL,
    due_on DATE NOT NULL,
    held_on DATE,
    held_by TEXT REFERENCES accounts (id),
    recorded_on DATE,
    sealed TEXT,
    cancelled_on DATE,
    cancel_reason TEXT,
    revision INTEGER NOT NULL
);
CREATE INDEX follow_ups_by_citizen ON follow_ups (citizen_id);
CREATE INDEX follow_ups_by_internship ON follow_ups (internship_id, due_on);

CREATE TABLE retention_checks (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    outcome_id TEXT NOT NULL REFERENCES outcomes (id),
    held_on DATE NOT NULL,
    holds BOOLEAN NOT NULL,
    sealed TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX retention_checks_by_citizen ON retention_checks (citizen_id);

CREATE TABLE consultant_changes (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    from_id TEXT NOT NULL REFERENCES accounts (id),
    to_id TEXT NOT NULL REFERENCES accounts (id),
    changed_on DATE NOT NULL,
    sealed TEXT,
    handed_over_on DATE,
    read_on DATE,
    revision INTEGER NOT NULL
);
CREATE INDEX consultant_changes_by_citizen ON consultant_changes (citizen_id);

CREATE TABLE story (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    kind TEXT NOT NULL,
    happened_on DATE NOT NULL,
    sealed TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX story_by_citizen ON story (citizen_id, happened_on);

CREATE TABLE placed_by_others (
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    as_of DATE NOT NULL,
    position INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    persons INTEGER NOT NULL,
    weekly_minutes BIGINT NOT NULL,
    PRIMARY KEY (workplace_id, as_of, position)
);

CREATE TABLE written_reasons (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    rule TEXT NOT NULL,
    workplace_id TEXT REFERENCES workplaces (id),
    reasons TEXT NOT NULL,
    given_by TEXT NOT NULL REFERENCES accounts (id),
    given_on DATE NOT NULL,
    used_on DATE
);
CREATE INDEX written_reasons_by_citizen ON written_reasons (citizen_id);

CREATE INDEX outcomes_by_workplace ON outcomes (workplace_id);
CREATE INDEX outcomes_by_internship ON outcomes (internship_id);

-- A flag is about a citizen's course or about a workplace. SQLite cannot loosen a column, so the three tables are made
-- anew and filled, children first let go.
CREATE TABLE new_flags (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT REFERENCES citizens (id),
    workplace_id TEXT REFERENCES workplaces (id),
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
    UNIQUE (rule, subject, occasion, episode),
    CHECK (citizen_id IS NOT NULL OR workplace_id IS NOT NULL)
);
INSERT INTO new_flags (id, municipality, citizen_id, workplace_id, rule, subject, occasion, episode, step, level, evidence,
    raised_on, risen_on, gone, gone_on, acknowledged_level, snoozed_until, rulebook, revision)
SELECT id, municipality, citizen_id, NULL, rule, subject, occasion, episode, step, level, evidence,
    raised_on, risen_on, gone, gone_on, acknowledged_level, snoozed_until, rulebook, revision FROM flags;

CREATE TABLE new_flag_events (
    id TEXT NOT NULL PRIMARY KEY,
    flag_id TEXT NOT NULL REFERENCES new_flags (id),
    municipality TEXT NOT NULL,
    happened_on DATE NOT NULL,
    what TEXT NOT NULL,
    level TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    reason TEXT
);
INSERT INTO new_flag_events (id, flag_id, municipality, happened_on, what, level, account_id, reason)
SELECT id, flag_id, municipality, happened_on, what, level, account_id, reason FROM flag_events;

CREATE TABLE new_told (
    told_key TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    flag_id TEXT NOT NULL REFERENCES new_flags (id),
    audience TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    level TEXT NOT NULL,
    what TEXT NOT NULL,
    told_on DATE NOT NULL,
    letter_id TEXT REFERENCES letters (id)
);
INSERT INTO new_told (told_key, municipality, flag_id, audience, account_id, level, what, told_on, letter_id)
SELECT told_key, municipality, flag_id, audience, account_id, level, what, told_on, letter_id FROM told;

DROP TABLE told;
DROP TABLE flag_events;
DROP TABLE flags;
ALTER TABLE new_flags RENAME TO flags;
ALTER TABLE new_flag_events RENAME TO flag_events;
ALTER TABLE new_told RENAME TO told;
CREATE INDEX flags_by_citizen ON flags (citizen_id);
CREATE INDEX flags_by_workplace ON flags (workplace_id);
CREATE INDEX flags_by_municipality ON flags (municipality, gone_on, id);
CREATE INDEX flag_events_by_flag ON flag_events (flag_id);
CREATE INDEX told_by_flag ON told (flag_id);
CREATE INDEX told_by_letter ON told (letter_id);
CREATE INDEX told_waiting ON told (account_id) WHERE letter_id IS NULL;
