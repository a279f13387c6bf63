-- That the data of a citizen may only be kept: nothing of it is changed or erased until it is lifted. Why is sealed.
CREATE TABLE restrictions (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    since DATE NOT NULL,
    restricted_by TEXT NOT NULL REFERENCES accounts (id),
    reasons TEXT NOT NULL,
    lifted_on DATE,
    lifted_by TEXT REFERENCES accounts (id),
    lifting_reasons TEXT
);
CREATE INDEX restrictions_of_citizen ON restrictions (municipality, citizen_id);

-- Whose data was erased: the record's number, which is nobody's any longer, and how much there was.
CREATE TABLE erasures (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL,
    erased_on DATE NOT NULL,
    last_dealt_with DATE NOT NULL,
    internships INTEGER NOT NULL,
    letters INTEGER NOT NULL
);
CREATE INDEX erasures_of_municipality ON erasures (municipality, id);

-- The internships of people who were erased, summed up at the workplace by the year in which they ended and by their type.
CREATE TABLE erased_stays (
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    municipality TEXT NOT NULL,
    ended BIGINT NOT NULL,
    led_to_hire BIGINT NOT NULL,
    broken_off BIGINT NOT NULL,
    days BIGINT NOT NULL,
    extensions BIGINT NOT NULL,
    decided_in_time BIGINT NOT NULL,
    decided_late BIGINT NOT NULL,
    undecided BIGINT NOT NULL,
    PRIMARY KEY (workplace_id, year, kind)
);

-- Their hires, by the year in which they began.
CREATE TABLE erased_hires (
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    year INTEGER NOT NULL,
    step TEXT NOT NULL,
    municipality TEXT NOT NULL,
    hires BIGINT NOT NULL,
    PRIMARY KEY (workplace_id, year, step)
);

-- Where the log of who has read of whom begins, since older entries are not kept: the last entry that is gone, and a keyed hash of it.
CREATE TABLE read_log_starts (
    municipality TEXT NOT NULL,
    number BIGINT NOT NULL,
    chain TEXT NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
);
CREATE INDEX changes_by_time ON changes (municipality, made_at);

-- Whose course is closed, by the day: what may be erased is found among them.
CREATE INDEX citizens_by_closing ON citizens (closed_since) WHERE closed_since IS NOT NULL;
