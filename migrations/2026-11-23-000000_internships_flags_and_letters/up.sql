-- The first year: people who sign in, companies, citizens, internships, flags, letters.
-- The same text serves SQLite and PostgreSQL. Days are dates, instants are UTC without a zone, hours are minutes,
-- full-time posts are hundredths; what is sealed is encrypted by the application. No row takes its time from the database.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    wants_digests BOOLEAN NOT NULL,
    closed_on DATE,
    revision INTEGER NOT NULL
);
CREATE INDEX accounts_by_municipality ON accounts (municipality, role);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE failed_sign_ins (
    id TEXT NOT NULL PRIMARY KEY,
    email_hash TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX failed_sign_ins_by_email ON failed_sign_ins (email_hash, failed_at);

CREATE TABLE replies (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    etag TEXT,
    location TEXT,
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);

CREATE TABLE own_terms (
    municipality TEXT NOT NULL,
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    da TEXT NOT NULL,
    en TEXT NOT NULL,
    PRIMARY KEY (municipality, kind, term)
);

CREATE TABLE companies (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    cvr TEXT NOT NULL,
    name TEXT NOT NULL,
    industry TEXT,
    industry_scheme TEXT,
    advertising_protected BOOLEAN NOT NULL,
    liaison_id TEXT NOT NULL REFERENCES accounts (id),
    revision INTEGER NOT NULL,
    UNIQUE (municipality, cvr)
);

CREATE TABLE workplaces (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES companies (id),
    p_number TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT,
    foresees_vacancy BOOLEAN,
    asked_on DATE,
    revision INTEGER NOT NULL,
    UNIQUE (municipality, p_number)
);
CREATE INDEX workplaces_by_company ON workplaces (company_id);

CREATE TABLE contacts (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    job TEXT,
    left_on DATE,
    revision INTEGER NOT NULL
);
CREATE INDEX contacts_by_workplace ON contacts (workplace_id);

CREATE TABLE staff_months (
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    month DATE NOT NULL,
    municipality TEXT NOT NULL,
    hundredths BIGINT NOT NULL,
    PRIMARY KEY (workplace_id, month)
);

CREATE TABLE prospects (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    position TEXT NOT NULL,
    weekly_minutes BIGINT NOT NULL,
    from_on DATE,
    condition TEXT,
    words TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    withdrawn_on DATE,
    revision INTEGER NOT NULL
);
CREATE INDEX prospects_by_workplace ON prospects (workplace_id);

CREATE TABLE citizens (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    reference TEXT NOT NULL,
    cpr_sealed TEXT NOT NULL,
    cpr_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    target_group TEXT NOT NULL,
    job_ready BOOLEAN NOT NULL,
    in_employment BOOLEAN NOT NULL,
    goals TEXT NOT NULL,
    consultant_id TEXT NOT NULL REFERENCES accounts (id),
    mentor TEXT,
    latest_employer TEXT,
    look_on DATE,
    revision INTEGER NOT NULL,
    UNIQUE (municipality, cpr_hash),
    UNIQUE (municipality, reference)
);
CREATE INDEX citizens_to_look_at ON citizens (look_on);
CREATE INDEX citizens_by_consultant ON citizens (consultant_id);

CREATE TABLE capacities (
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    from_on DATE NOT NULL,
    municipality TEXT NOT NULL,
    weekly_minutes BIGINT NOT NULL,
    via TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    PRIMARY KEY (citizen_id, from_on)
);

CREATE TABLE needs (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    sealed TEXT NOT NULL,
    ended_on DATE
);
CREATE INDEX needs_by_citizen ON needs (citizen_id);

CREATE TABLE internships (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    workplace_id TEXT NOT NULL REFERENCES workplaces (id),
    reference TEXT NOT NULL,
    booked_on DATE NOT NULL,
    booked_by TEXT NOT NULL REFERENCES accounts (id),
    road TEXT,
    new_function TEXT,
    none_needed_on DATE,
    contact_id TEXT REFERENCES contacts (id),
    statement TEXT,
    decision TEXT,
    started_on DATE,
    last_day DATE,
    ending TEXT,
    ended_by TEXT,
    end_note TEXT,
    end_recorded_on DATE,
    cancelled_on DATE,
    cancel_reason TEXT,
    next_step TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (municipality, reference)
);
CREATE INDEX internships_by_citizen ON internships (citizen_id);
CREATE INDEX internships_by_workplace ON internships (workplace_id);

CREATE TABLE versions (
    internship_id TEXT NOT NULL REFERENCES internships (id),
    number INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    terms TEXT NOT NULL,
    hash TEXT NOT NULL,
    cause TEXT NOT NULL,
    papers TEXT,
    made_on DATE NOT NULL,
    made_by TEXT NOT NULL REFERENCES accounts (id),
    rulebook TEXT NOT NULL,
    PRIMARY KEY (internship_id, number)
);

CREATE TABLE confirmations (
    internship_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    party TEXT NOT NULL,
    municipality TEXT NOT NULL,
    hash TEXT NOT NULL,
    via TEXT NOT NULL,
    recorded_by TEXT REFERENCES accounts (id),
    confirmed_on DATE NOT NULL,
    confirmed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (internship_id, number, party),
    FOREIGN KEY (internship_id, number) REFERENCES versions (internship_id, number)
);

CREATE TABLE objections (
    id TEXT NOT NULL PRIMARY KEY,
    internship_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    party TEXT NOT NULL,
    words TEXT NOT NULL,
    raised_on DATE NOT NULL,
    withdrawn_on DATE,
    FOREIGN KEY (internship_id, number) REFERENCES versions (internship_id, number)
);
CREATE INDEX objections_by_internship ON objections (internship_id);

CREATE TABLE accommodations (
    id TEXT NOT NULL PRIMARY KEY,
    internship_id TEXT NOT NULL REFERENCES internships (id),
    municipality TEXT NOT NULL,
    position INTEGER NOT NULL,
    need_id TEXT REFERENCES needs (id),
    sealed TEXT NOT NULL,
    dropped_on DATE
);
CREATE INDEX accommodations_by_internship ON accommodations (internship_id);

CREATE TABLE agreements (
    accommodation_id TEXT NOT NULL REFERENCES accommodations (id),
    party TEXT NOT NULL,
    municipality TEXT NOT NULL,
    via TEXT NOT NULL,
    agreed_on DATE NOT NULL,
    PRIMARY KEY (accommodation_id, party)
);

CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    to_on DATE NOT NULL,
    reasons TEXT NOT NULL,
    approved_by TEXT NOT NULL REFERENCES accounts (id),
    approved_on DATE NOT NULL,
    used_on DATE
);
CREATE INDEX approvals_by_citizen ON approvals (citizen_id);

CREATE TABLE answers (
    id TEXT NOT NULL PRIMARY KEY,
    internship_id TEXT NOT NULL REFERENCES internships (id),
    municipality TEXT NOT NULL,
    answer TEXT NOT NULL,
    words TEXT,
    decision_on DATE,
    answered_on DATE NOT NULL,
    via TEXT NOT NULL
);
CREATE INDEX answers_by_internship ON answers (internship_id);

CREATE TABLE outcomes (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    citizen_id TEXT NOT NULL REFERENCES citizens (id),
    internship_id TEXT REFERENCES internships (id),
    step TEXT NOT NULL,
    workplace_id TEXT REFERENCES workplaces (id),
    employer TEXT,
    first_day DATE NOT NULL,
    weekly_minutes BIGINT,
    until_on DATE,
    recorded_on DATE NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    ended_on DATE,
    next_step TEXT,
    revision INTEGER NOT NULL
);
CREATE INDEX outcomes_by_citizen ON outcomes (citizen_id);

CREATE TABLE flags (
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
CREATE INDEX flags_by_citizen ON flags (citizen_id);
CREATE INDEX flags_by_municipality ON flags (municipality, gone_on, id);

CREATE TABLE flag_events (
    id TEXT NOT NULL PRIMARY KEY,
    flag_id TEXT NOT NULL REFERENCES flags (id),
    municipality TEXT NOT NULL,
    happened_on DATE NOT NULL,
    what TEXT NOT NULL,
    level TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    reason TEXT
);
CREATE INDEX flag_events_by_flag ON flag_events (flag_id);

CREATE TABLE letters (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    plain TEXT NOT NULL,
    html TEXT NOT NULL,
    cause TEXT NOT NULL,
    case_reference TEXT,
    link_id TEXT,
    digest_of TEXT REFERENCES accounts (id),
    queued_on DATE NOT NULL,
    created_at TIMESTAMP NOT NULL,
    not_before TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_by TEXT,
    claimed_until TIMESTAMP,
    sent_at TIMESTAMP,
    failed_at TIMESTAMP,
    dropped_at TIMESTAMP,
    last_error TEXT
);
CREATE INDEX letters_waiting ON letters (not_before, id) WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
CREATE INDEX letters_by_municipality ON letters (municipality, id);

CREATE TABLE told (
    told_key TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    flag_id TEXT NOT NULL REFERENCES flags (id),
    audience TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    level TEXT NOT NULL,
    what TEXT NOT NULL,
    told_on DATE NOT NULL,
    letter_id TEXT REFERENCES letters (id)
);
CREATE INDEX told_by_flag ON told (flag_id);
CREATE INDEX told_waiting ON told (account_id) WHERE letter_id IS NULL;

CREATE TABLE links (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    party TEXT NOT NULL,
    internship_id TEXT NOT NULL REFERENCES internships (id),
    occasion TEXT NOT NULL,
    expires_on DATE NOT NULL,
    UNIQUE (purpose, party, internship_id, occasion, expires_on)
);

CREATE TABLE runs (
    job TEXT NOT NULL,
    day DATE NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    done BIGINT NOT NULL,
    PRIMARY KEY (job, day)
);
