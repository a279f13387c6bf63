-- Companies brought in from registers, where everything lies, openings, contact history, and what is searched by words.
-- The same text serves SQLite and PostgreSQL. Coordinates are millionths of a degree (WGS 84).

ALTER TABLE companies ADD COLUMN form TEXT;
ALTER TABLE companies ADD COLUMN closed_on DATE;
ALTER TABLE companies ADD COLUMN approaches_at_most INTEGER;

-- known: somebody here has dealt with it, so that it can have a prospect, a record or a contact. trade: the first two digits
-- of its industry. cell: the square of the map that it lies in.
ALTER TABLE workplaces ADD COLUMN industry TEXT;
ALTER TABLE workplaces ADD COLUMN industry_scheme TEXT;
ALTER TABLE workplaces ADD COLUMN trade TEXT;
ALTER TABLE workplaces ADD COLUMN lies_in TEXT;
ALTER TABLE workplaces ADD COLUMN postcode TEXT;
ALTER TABLE workplaces ADD COLUMN city TEXT;
ALTER TABLE workplaces ADD COLUMN latitude INTEGER;
ALTER TABLE workplaces ADD COLUMN longitude INTEGER;
ALTER TABLE workplaces ADD COLUMN placed_by TEXT;
ALTER TABLE workplaces ADD COLUMN cell INTEGER;
ALTER TABLE workplaces ADD COLUMN staff_low INTEGER;
ALTER TABLE workplaces ADD COLUMN staff_high INTEGER;
ALTER TABLE workplaces ADD COLUMN closed_on DATE;
ALTER TABLE workplaces ADD COLUMN known BOOLEAN NOT NULL DEFAULT TRUE;
-- placed_here: its coordinates were put in by hand, and no import moves it.
ALTER TABLE workplaces ADD COLUMN placed_here BOOLEAN NOT NULL DEFAULT FALSE;
-- given_here: the employer's own figure, put in by hand; no import puts the register's over it.
ALTER TABLE staff_months ADD COLUMN given_here BOOLEAN NOT NULL DEFAULT TRUE;
-- standing: how near a job is there (0 none foreseen, 1 not asked, 2 foreseen, 3 recorded), and 4 more where somebody has been an
-- intern: what a first look must know to bound a rank. The openings of the workplace carry the same.
ALTER TABLE workplaces ADD COLUMN standing INTEGER NOT NULL DEFAULT 1;
UPDATE workplaces SET standing =
    CASE WHEN EXISTS (SELECT 1 FROM prospects WHERE prospects.workplace_id = workplaces.id AND withdrawn_on IS NULL) THEN 3
        WHEN foresees_vacancy THEN 2 WHEN NOT foresees_vacancy THEN 0 ELSE 1 END
    + CASE WHEN EXISTS (SELECT 1 FROM internships WHERE internships.workplace_id = workplaces.id) THEN 4 ELSE 0 END;
CREATE INDEX workplaces_near ON workplaces (municipality, standing, cell, trade, closed_on, industry, latitude, longitude, id);
CREATE INDEX workplaces_by_municipality ON workplaces (municipality, id);
CREATE INDEX workplaces_of_company ON workplaces (municipality, company_id, id);
CREATE INDEX workplaces_by_place ON workplaces (municipality, lies_in, id);
CREATE INDEX companies_by_municipality ON companies (municipality, id);
CREATE INDEX companies_by_industry ON companies (municipality, industry, id);

-- Only what has ended, so that nothing else is looked up by it.
CREATE INDEX internships_ended ON internships (municipality, last_day, workplace_id, ending, ended_by) WHERE last_day IS NOT NULL;

-- profile: where the citizen lives, how far and when; sealed.
ALTER TABLE citizens ADD COLUMN profile TEXT;
ALTER TABLE citizens ADD COLUMN findable_since DATE;
-- For lists, and so that SQLite finds some citizens by their ids and does not read all of the municipality.
CREATE INDEX citizens_by_municipality ON citizens (municipality, id);
CREATE INDEX citizens_to_be_found ON citizens (municipality, id) WHERE findable_since IS NOT NULL;

-- Of several workplaces at once: without both columns in one index SQLite reads the whole municipality.
CREATE INDEX internships_there ON internships (municipality, workplace_id, last_day, citizen_id, id);
CREATE INDEX flags_there ON flags (municipality, workplace_id);
-- And with these two, SQLite would look for a citizen's through the whole municipality, had it no index with both columns.
CREATE INDEX internships_of_citizen ON internships (municipality, citizen_id, last_day, workplace_id, id);
CREATE INDEX flags_of_citizen ON flags (municipality, citizen_id);
CREATE INDEX flags_listed ON flags (municipality, id);
CREATE INDEX citizens_of_consultant ON citizens (municipality, consultant_id, id);

-- What became of the internships of a trade, counted once a day: matching asks for it at every search.
CREATE TABLE trade_counts (
    municipality TEXT NOT NULL,
    trade TEXT NOT NULL,
    ended BIGINT NOT NULL,
    hired BIGINT NOT NULL,
    counted_on DATE NOT NULL,
    PRIMARY KEY (municipality, trade)
);

CREATE TABLE openings (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES companies (id),
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    kind TEXT NOT NULL,
    occupation TEXT NOT NULL,
    tasks TEXT NOT NULL,
    least_minutes BIGINT NOT NULL,
    most_minutes BIGINT NOT NULL,
    times TEXT NOT NULL,
    languages TEXT NOT NULL,
    accommodations TEXT NOT NULL,
    prospect_id TEXT REFERENCES prospects (id),
    contact_id TEXT REFERENCES contacts (id),
    from_on DATE NOT NULL,
    places INTEGER NOT NULL,
    words TEXT,
    expires_on DATE NOT NULL,
    closed_on DATE,
    close_reason TEXT,
    kept_by TEXT NOT NULL REFERENCES accounts (id),
    remind_on DATE,
    latitude INTEGER,
    longitude INTEGER,
    placed_by TEXT,
    cell INTEGER,
    standing INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
-- All that a first look needs stands in the index, so that what lies near is read in one sweep.
CREATE INDEX openings_near
    ON openings (municipality, standing, cell, occupation, closed_on, expires_on, latitude, longitude, accommodations, id);
-- Where two indexes serve alike SQLite takes the one made last: the narrow ones stand below.
CREATE INDEX openings_by_municipality ON openings (municipality, id);
CREATE INDEX openings_by_workplace ON openings (municipality, workplace_id, id);
CREATE INDEX openings_by_company ON openings (municipality, company_id, id);
-- remind_on: when whoever keeps it is reminded to renew it; empty once that is done.
CREATE INDEX openings_to_renew ON openings (remind_on, municipality, id) WHERE remind_on IS NOT NULL;

CREATE TABLE approaches (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES companies (id),
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    opening_id TEXT REFERENCES openings (id),
    made_on DATE NOT NULL,
    made_by TEXT NOT NULL REFERENCES accounts (id),
    via TEXT NOT NULL,
    invited BOOLEAN NOT NULL,
    words TEXT
);
CREATE INDEX approaches_by_company ON approaches (company_id, made_on, id);
CREATE INDEX approaches_by_workplace ON approaches (workplace_id, id);

CREATE TABLE postcodes (
    municipality TEXT NOT NULL,
    postcode TEXT NOT NULL,
    name TEXT NOT NULL,
    latitude INTEGER NOT NULL,
    longitude INTEGER NOT NULL,
    PRIMARY KEY (municipality, postcode)
);

-- Which words stand in which name or text; and for each word its spellings: itself, itself with one letter left out, its
-- beginnings (those end in *).
CREATE TABLE search_words (
    municipality TEXT NOT NULL,
    word TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    PRIMARY KEY (municipality, word, subject, subject_id)
);
CREATE INDEX search_words_by_subject ON search_words (municipality, subject, subject_id, word);
CREATE TABLE search_keys (
    municipality TEXT NOT NULL,
    spelling TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (municipality, spelling, word)
);
