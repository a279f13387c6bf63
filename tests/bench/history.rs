//! A municipality with a long history, the same in each database: so many internships, five of each citizen, about ten at a
//! workplace and a hundred at the few large ones, three in ten of the ended with a hire; half of the citizens' last one runs, the
//! other half's is booked, confirmed by citizen and company and waits for the consultant. Beside them citizens who have never
//! been interns, to be booked. Ids come from numbers, so that a benchmark knows them without asking.

use crate::{
    place::{EMAIL, at, here, today},
    rows,
};
use chrono::{Days, NaiveDate};
use diesel::{connection::SimpleConnection, prelude::*};
use rettematch::{
    context::Account,
    crypto::{Keys, token_hash},
    domain::{
        input::read,
        internships::{
            alignment::{Party, Terms},
            internship::{Ending, Road},
        },
        people::{access::Role, personal_details::PersonalDetails},
        values::{
            day::plus,
            ids::{AccountId, SessionId},
        },
    },
    store::{
        Conn,
        schema::*,
        sealed::{self, StoredValue},
    },
};
use serde_json::{Value, json};

/// Internships of one citizen.
const EACH: usize = 5;
/// Internships at a workplace, on average.
const THERE: usize = 10;
/// One workplace of so many is a large one …
const LARGE: usize = 200;
/// … and takes this part of all internships.
const LARGE_SHARE: usize = 20;
/// Citizens whose rows are written together.
const BATCH: usize = 2_000;
/// The bearer's token.
pub const TOKEN: &str = "the token of a throwaway database";

/// What an id is of.
#[derive(Clone, Copy)]
enum Noun {
    Account = 1,
    Company,
    Workplace,
    Contact,
    Citizen,
    Newcomer,
    Internship,
    Outcome,
}

fn id(noun: Noun, number: usize) -> String {
    format!("01950000-0000-7{:03x}-8000-{number:012x}", noun as usize)
}

/// A number that looks drawn by lot, the same each time.
fn drawn(number: usize) -> usize {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) as usize
}

/// All numbers below one, each once, far from each other: those who are booked one after the other do not stand side by side.
fn scattered(nth: usize, of: usize) -> Option<usize> {
    const STEP: usize = 7_919;
    (nth < of).then(|| nth * STEP % of)
}

#[derive(Clone, Copy)]
pub struct History {
    pub internships: usize,
}

impl History {
    pub fn citizens(self) -> usize {
        self.internships / EACH
    }
    pub fn newcomers(self) -> usize {
        self.citizens().max(4_000)
    }
    pub fn workplaces(self) -> usize {
        (self.internships / THERE).max(LARGE)
    }
    fn large(self) -> usize {
        (self.workplaces() / LARGE).max(1)
    }
    fn workplace_of(self, internship: usize) -> usize {
        let (lot, which) = (drawn(internship), drawn(internship + 7_919));
        let large = self.large();
        if lot % LARGE_SHARE == 0 { which % large } else { large + which % (self.workplaces() - large) }
    }

    /// Who signs in: a team leader, who may do all that is measured.
    pub fn by(self) -> Account {
        Account {
            id: AccountId::stored(id(Noun::Account, 0)),
            tenant: here(),
            role: Role::TeamLeader,
            name: "Jonas".into(),
            team: None,
            scopes: None,
        }
    }

    /// Any internship.
    pub fn some_internship(self, nth: usize) -> String {
        id(Noun::Internship, drawn(nth) % self.internships)
    }

    /// A workplace whose internships fill more than a page.
    pub fn some_large_workplace(self, nth: usize) -> String {
        id(Noun::Workplace, drawn(nth) % self.large())
    }

    /// A booking that no rule refuses; nothing where everybody has been booked.
    pub fn booking(self, nth: usize) -> Option<Value> {
        let large = self.large();
        let workplace = large + drawn(nth) % (self.workplaces() - large);
        let first = plus(today(), 14);
        scattered(nth, self.newcomers()).map(|newcomer| {
            json!({
                "citizen": id(Noun::Newcomer, newcomer), "workplace": id(Noun::Workplace, workplace), "purpose": purpose(),
                "occupation": "shop", "tasks": [], "first_day": first, "last_day": plus(first, 59),
                "hours": [{"from": first, "weekly_hours": 20}], "road": "network", "accommodations": {"none_needed": true},
            })
        })
    }

    /// An internship that waits for the consultant, and the consultant's word; nothing where all are confirmed.
    pub fn confirmation(self, nth: usize) -> Option<(String, Value)> {
        scattered(nth, self.citizens() / 2).map(|pair| {
            let internship = (2 * pair + 1) * EACH + EACH - 1;
            let id = id(Noun::Internship, internship);
            let hash = self.terms(internship).hash(&id, 1);
            (id, json!({"party": "consultant", "via": "account", "hash": hash}))
        })
    }

    fn terms(self, internship: usize) -> Terms {
        let place = self.workplace_of(internship);
        let (first, last) = period(internship);
        Terms::from_text(
            &json!({
                "purpose": purpose(), "occupation": "shop", "tasks": [],
                "place": {"workplace": id(Noun::Workplace, place), "company": id(Noun::Company, place / 2),
                    "p_number": p_number(place), "name": "Sted"},
                "period": {"first": first, "last": last}, "hours": [{"from": first, "weekly_hours": 20}],
                "decision_on": null, "accommodations": "none_needed",
            })
            .to_string(),
        )
        .unwrap()
    }

    /// Fills a database whose tables are there and empty.
    pub fn fill(self, database: &str, keys: &Keys) {
        let mut conn = open(database);
        // What is filled in is right by construction, and nobody would miss it after a crash.
        match &mut conn {
            Conn::Sqlite(conn) => {
                conn.batch_execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000")
            }
            Conn::Postgres(conn) => conn.batch_execute("SET session_replication_role = replica; SET synchronous_commit = off"),
        }
        .unwrap();
        together(&mut conn, |conn| {
            self.people(conn, keys);
            self.places(conn);
        });
        for from in (0..self.citizens()).step_by(BATCH) {
            let to = (from + BATCH).min(self.citizens());
            together(&mut conn, |conn| self.courses(conn, from..to, keys));
            if (from / BATCH) % 10 == 9 {
                eprintln!("{} of {} internships", to * EACH, self.internships);
            }
        }
        if matches!(conn, Conn::Sqlite(_)) {
            conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        }
    }

    fn people(self, conn: &mut Conn, keys: &Keys) {
        let account = self.by().id.to_string();
        let now = at().instant.naive_utc();
        put(
            conn,
            Many::Accounts(vec![AccountRow {
                id: AccountId::stored(account.clone()),
                municipality: here(),
                email: EMAIL.into(),
                name: "Jonas".into(),
                role: Role::TeamLeader,
                password_hash: "!".into(),
                role_confirmation: None,
                asked_role: None,
                asked_by: None,
                has_first_password: false,
                is_client: false,
                wants_digests: true,
                closed_on: None,
                revision: 1,
                team: None,
                reminded_on: None,
                phone: None,
            }]),
        );
        put(
            conn,
            Many::Sessions(vec![SessionRow {
                token_hash: token_hash(TOKEN),
                account_id: AccountId::stored(account),
                created_at: now,
                expires_at: now + chrono::Duration::hours(12),
                id: SessionId::stored("01900000-0000-7000-8000-000000000000"),
                used_at: now,
            }]),
        );
        for from in (0..self.newcomers()).step_by(BATCH) {
            let to = (from + BATCH).min(self.newcomers());
            let rows = (from..to).map(|number| self.citizen(keys, id(Noun::Newcomer, number), self.citizens() + number));
            put(conn, Many::Citizens(rows.collect()));
        }
    }

    fn citizen(self, keys: &Keys, id: String, order: usize) -> CitizenRow {
        let goal = json!({"own_words": "Jeg vil gerne tale med kunder.", "occupations": ["shop"]});
        let details = PersonalDetails {
            name: "Prøve".into(),
            email: Some(format!("borger{order}@post.example")),
            ..PersonalDetails::default()
        };
        let mut row = rows::citizen(keys, id, &order.to_string(), self.by().id.as_str());
        row.goals = sealed::CITIZEN_GOALS.seal(keys, &row.id, &vec![read(&goal).unwrap()]).unwrap();
        let look_on = Some(plus(today(), 30 + (order % 300) as i64));
        CitizenRow { look_on, ..row.with_details(keys, &details).unwrap() }
    }

    fn places(self, conn: &mut Conn) {
        for from in (0..self.workplaces()).step_by(BATCH) {
            let numbers = || from..(from + BATCH).min(self.workplaces());
            let companies = numbers().filter(|number| number % 2 == 0).map(|number| self.company(number / 2));
            put(conn, Many::Companies(companies.collect()));
            put(conn, Many::Workplaces(numbers().map(workplace).collect()));
            let contacts = numbers().map(|number| ContactRow {
                email: Some(format!("leder{number}@firma.example")),
                ..rows::contact(id(Noun::Contact, number), id(Noun::Workplace, number))
            });
            put(conn, Many::Contacts(contacts.collect()));
            // A hundred people each, so that the ratio lets some in.
            let staff = numbers()
                .map(|number| rows::staff(id(Noun::Workplace, number), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), 10_000));
            put(conn, Many::Staff(staff.collect()));
        }
    }

    fn company(self, number: usize) -> CompanyRow {
        rows::company(id(Noun::Company, number), format!("{:08}", 10_000_000 + number), self.by().id.as_str())
    }

    /// Citizens with all that is on record of them.
    fn courses(self, conn: &mut Conn, citizens: std::ops::Range<usize>, keys: &Keys) {
        let by = self.by();
        let by = by.id.as_str();
        let internships = || citizens.start * EACH..citizens.end * EACH;
        put(conn, Many::Citizens(citizens.clone().map(|number| self.citizen(keys, id(Noun::Citizen, number), number)).collect()));
        put(conn, Many::Internships(internships().map(|number| self.internship(number)).collect()));
        let (mut versions, mut confirmations, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
        for number in internships() {
            let row_id = id(Noun::Internship, number);
            let terms = self.terms(number);
            let hash = terms.hash(&row_id, 1);
            let (first, last) = period(number);
            let made_on = if stage(number) == Stage::Booked { today() } else { first };
            let waits = stage(number) == Stage::Booked;
            for party in Party::ALL.iter().filter(|party| !waits || **party != Party::Consultant) {
                confirmations.push(rows::confirmation(row_id.clone(), *party, hash.clone(), by, made_on));
            }
            if hired(number) {
                outcomes.push(rows::hire(
                    id(Noun::Outcome, number),
                    id(Noun::Citizen, number / EACH),
                    row_id.clone(),
                    id(Noun::Workplace, self.workplace_of(number)),
                    by,
                    last,
                ));
            }
            let sealed = sealed::VERSION_TERMS.seal(keys, sealed::version_key(&row_id, 1), &terms).unwrap();
            versions.push(rows::version(row_id, sealed, hash, by, made_on));
        }
        put(conn, Many::Versions(versions));
        put(conn, Many::Confirmations(confirmations));
        put(conn, Many::Outcomes(outcomes));
    }

    fn internship(self, number: usize) -> InternshipRow {
        let (first, last) = period(number);
        let stage = stage(number);
        let booked_on = if stage == Stage::Booked { today() } else { first };
        let row = rows::internship(
            id(Noun::Internship, number),
            &number.to_string(),
            id(Noun::Citizen, number / EACH),
            id(Noun::Workplace, self.workplace_of(number)),
            self.by().id.as_str(),
            booked_on,
        );
        let row = InternshipRow { road: Some(Road::Network), started_on: (stage != Stage::Booked).then_some(first), ..row };
        let ending = if hired(number) { Ending::OrdinaryPartTime } else { Ending::NoJob };
        if stage == Stage::Ended { rows::ended(row, last, ending) } else { row }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Ended,
    Runs,
    Booked,
}

/// A citizen's last one runs or is booked; the others have ended.
fn stage(internship: usize) -> Stage {
    match (internship % EACH + 1 == EACH, internship / EACH % 2) {
        (true, 0) => Stage::Runs,
        (true, _) => Stage::Booked,
        _ => Stage::Ended,
    }
}

fn hired(internship: usize) -> bool {
    stage(internship) == Stage::Ended && drawn(internship + 104_729) % 10 < 3
}

fn period(internship: usize) -> (NaiveDate, NaiveDate) {
    let first = match stage(internship) {
        Stage::Ended => today() - Days::new(300 * (EACH - internship % EACH) as u64),
        Stage::Runs => plus(today(), -30),
        Stage::Booked => plus(today(), 14),
    };
    (first, plus(first, 59))
}

fn purpose() -> Value {
    json!({"kind": "clarification", "questions": ["Kan jeg klare tempoet?"]})
}

fn p_number(workplace: usize) -> String {
    format!("1{workplace:09}")
}

fn workplace(number: usize) -> WorkplaceRow {
    rows::workplace(id(Noun::Workplace, number), id(Noun::Company, number / 2), p_number(number))
}

fn together(conn: &mut Conn, work: impl FnOnce(&mut Conn)) {
    conn.batch_execute("BEGIN").unwrap();
    work(conn);
    conn.batch_execute("COMMIT").unwrap();
}

/// A connection of one's own.
pub fn open(database: &str) -> Conn {
    match database.strip_prefix("sqlite:") {
        Some(path) => {
            let mut conn = SqliteConnection::establish(path).unwrap();
            conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON").unwrap();
            Conn::Sqlite(conn)
        }
        None => Conn::Postgres(PgConnection::establish(database).unwrap()),
    }
}

/// Rows of one table: each on its own where a prepared statement is as fast, by COPY on PostgreSQL.
macro_rules! many {
    ($($name:ident $table:ident $row:ident),+ $(,)?) => {
        enum Many { $($name(Vec<$row>)),+ }

        fn put(conn: &mut Conn, rows: Many) {
            match rows {
                $(Many::$name(rows) => match conn {
                    Conn::Sqlite(conn) => {
                        for row in &rows {
                            diesel::insert_into($table::table).values(row).execute(conn).unwrap();
                        }
                    }
                    Conn::Postgres(conn) => {
                        diesel::copy_from($table::table).from_insertable(&rows).execute(conn).unwrap();
                    }
                }),+
            }
        }
    };
}

many!(
    Accounts accounts AccountRow,
    Sessions sessions SessionRow,
    Companies companies CompanyRow,
    Workplaces workplaces WorkplaceRow,
    Contacts contacts ContactRow,
    Staff staff_months StaffRow,
    Citizens citizens CitizenRow,
    Internships internships InternshipRow,
    Versions versions VersionRow,
    Confirmations confirmations ConfirmationRow,
    Outcomes outcomes OutcomeRow,
);
