//! The database; diesel lives only here. [`Db::read`] and [`Db::write`] are the only doors: a read is handed a
//! [`Conn`], a write a [`Tx`], which nothing else can make, so that a handler cannot write by accident.
//!
//! Promise: a write answers after its commit, or leaves nothing. A closure handed to `write` touches nothing but its
//! `Tx`, since PostgreSQL may ask for it again.

pub mod address;
mod asked;
mod queue;
mod reach;
pub mod rows;
mod seam;
mod tunnel;
mod worker;

pub mod accounts;
pub mod approaches;
pub mod backup;
pub mod citizens;
pub mod companies;
pub mod continuity;
pub mod copying;
pub mod courses;
pub mod flags;
pub mod follow_ups;
pub mod internships;
pub mod letters;
pub mod links;
pub mod listed;
pub mod matching;
pub mod openings;
pub mod postcodes;
pub mod records;
pub mod replies;
pub mod rulebooks;
pub mod runs;
pub mod search;
pub mod standing;
pub mod terms;
pub mod trade_counts;
pub mod workplaces;

use address::Address;
use diesel::{MultiConnection, PgConnection, SqliteConnection, connection::SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, HarnessWithOutput, MigrationHarness, embed_migrations};
use queue::Lane;
use reach::connect;
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use worker::{Kind, Pool};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A connection to either engine.
#[derive(MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A transaction that may write. Only [`Db::write`] makes one.
pub struct Tx<'a>(&'a mut Conn);

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.0
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}

/// What can go wrong with the database itself. Its text goes to the log or to the operator, never to an answer.
#[derive(Debug)]
pub enum Failure {
    Query(diesel::result::Error),
    /// No connection, or one that broke.
    Unreachable(String),
    /// It could not be done just now: too many wait, or somebody else holds what is needed.
    Busy(String),
    /// A row that the domain cannot read.
    Corrupt(String),
    /// What was asked ended in a panic.
    Panicked,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Query(error) => write!(f, "the database refused a statement: {error}"),
            Self::Unreachable(why) => write!(f, "the database cannot be reached: {why}"),
            Self::Busy(why) => write!(f, "the database is busy: {why}"),
            Self::Corrupt(what) => write!(f, "a stored value cannot be read: {what}"),
            Self::Panicked => f.write_str("a panic while the database was asked"),
        }
    }
}
impl std::error::Error for Failure {}

impl From<diesel::result::Error> for Failure {
    fn from(error: diesel::result::Error) -> Self {
        Self::Query(error)
    }
}

impl Failure {
    /// Whether the disk of the database is full: each engine says so in words only, and a failed commit is told on as text.
    pub fn is_no_space(&self) -> bool {
        let said = self.to_string();
        ["database or disk is full", "No space left on device"].iter().any(|full| said.contains(full))
    }

    /// Whether the same transaction may well pass when it is asked for again (PostgreSQL, serializable).
    fn passes_if_repeated(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::SerializationFailure, Error::DatabaseError};
        match self {
            Self::Query(DatabaseError(SerializationFailure, _)) => true,
            Self::Query(DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }

    /// Whether another transaction came between: also where it has put in first what this one found missing, which is seen and
    /// judged when it is asked again.
    fn met_another(&self) -> bool {
        self.passes_if_repeated() || is_duplicate(self)
    }

    /// Whether it may well pass when it is asked later, though nothing was tried again now.
    fn passes_later(&self) -> bool {
        let said = [
            "due to lock timeout",
            "due to statement timeout",
            "database is locked",
            "database table is locked",
            // PostgreSQL's room for what serializable transactions have read is full until some of them have ended.
            "out of shared memory",
        ];
        match self {
            Self::Query(diesel::result::Error::DatabaseError(_, info)) => said.iter().any(|said| info.message().contains(said)),
            _ => false,
        }
    }

    /// As busy, where it is only that.
    fn is_for_later(&self) -> Option<Self> {
        (self.passes_if_repeated() || self.passes_later()).then(|| Self::Busy(self.to_string()))
    }

    /// The same for another of those who are told.
    fn again(&self) -> Self {
        match self.is_for_later() {
            Some(busy) => busy,
            None => Self::Unreachable(match self {
                Self::Unreachable(why) => why.clone(),
                other => other.to_string(),
            }),
        }
    }
}

/// An error of a closure that may hold a failure of the database.
pub trait Stops: From<Failure> + Send + 'static {
    fn failure(&self) -> Option<&Failure>;
}
impl Stops for Failure {
    fn failure(&self) -> Option<&Failure> {
        Some(self)
    }
}

/// The database: readers and writers on threads of their own, for people and for jobs.
#[derive(Clone)]
pub struct Db {
    pools: Arc<Pools>,
    lane: Lane,
    address: Arc<Address>,
}

struct Pools {
    readers: Pool,
    writers: Pool,
    job_readers: Pool,
    /// None where there is one writer by nature: there people and jobs take turns.
    job_writers: Option<Pool>,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// Another form of address, or a database that cannot be reached: in words that say what to do.
    pub fn open(url: &str) -> Result<Self, Failure> {
        let address = Arc::new(Address::parse(url).map_err(Failure::Unreachable)?);
        let start = |kind, count| Pool::start(&address, kind, count);
        let pools = match *address {
            // SQLite has one writer at a time by nature; a queue before it is fair, its own lock is not.
            Address::Sqlite(_) => Pools {
                writers: start(Kind::GroupedWrite, 1)?,
                readers: start(Kind::Read, 4)?,
                job_readers: start(Kind::Read, 1)?,
                job_writers: None,
            },
            Address::Postgres(_) => Pools {
                writers: start(Kind::Write, 4)?,
                readers: start(Kind::Read, 4)?,
                job_readers: start(Kind::Read, 1)?,
                job_writers: Some(start(Kind::Write, 2)?),
            },
        };
        Ok(Self { pools: Arc::new(pools), lane: Lane::People, address })
    }

    /// The same database on connections that people do not wait for: for the schedule and the courier.
    pub fn for_jobs(&self) -> Self {
        Self { lane: Lane::Jobs, ..self.clone() }
    }

    fn readers(&self) -> &Pool {
        if self.lane == Lane::Jobs { &self.pools.job_readers } else { &self.pools.readers }
    }

    fn writers(&self) -> &Pool {
        match (self.lane, &self.pools.job_writers) {
            (Lane::Jobs, Some(own)) => own,
            _ => &self.pools.writers,
        }
    }

    /// Reads from one state of the database.
    ///
    /// # Errors
    /// Those of the closure, or a failure of the database.
    pub async fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Stops,
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        self.readers().ask(self.lane, true, move |tx| read(tx.0)).await
    }

    /// Writes all or nothing, and answers after the commit.
    ///
    /// # Errors
    /// Those of the closure, which undo it, or a failure of the database.
    pub async fn write<T, E, F>(&self, write: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Stops,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        self.writers().ask(self.lane, true, write).await
    }

    /// Does the same as [`Db::write`], answers the same, and leaves nothing.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn rehearse<T, E, F>(&self, write: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Stops,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        self.writers().ask(self.lane, false, write).await
    }

    /// Brings the tables up to date. Returns the names of the migrations that were run.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn migrate(&self) -> Result<Vec<String>, Failure> {
        let mut conn = connect(&self.address)?;
        seam::unhurried(&mut conn)?;
        migrate(&mut conn)
    }

    /// Takes every table away again: for the test that goes up, down and up.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn unmigrate(&self) -> Result<(), Failure> {
        let mut conn = connect(&self.address)?;
        let done = match &mut conn {
            Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|_| ()),
            Conn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(|_| ()),
        };
        done.map_err(|error| Failure::Unreachable(error.to_string()))
    }
}

fn migrate(conn: &mut Conn) -> Result<Vec<String>, Failure> {
    let mut sink = std::io::sink();
    let run = match conn {
        Conn::Sqlite(conn) => names(HarnessWithOutput::new(conn, &mut sink).run_pending_migrations(SQLITE)),
        Conn::Postgres(conn) => names(HarnessWithOutput::new(conn, &mut sink).run_pending_migrations(POSTGRES)),
    };
    let run = run.map_err(|error| Failure::Unreachable(format!("the tables could not be brought up to date: {error}")))?;
    search::catch_up(conn)?;
    seam::take_stock(conn)?;
    Ok(run)
}

fn names(run: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>) -> diesel::migration::Result<Vec<String>> {
    Ok(run?.iter().map(ToString::to_string).collect())
}

fn commit(conn: &mut Conn) -> Result<(), Failure> {
    Ok(conn.batch_execute("COMMIT")?)
}

/// Where even this fails the connection is broken.
fn rollback(conn: &mut Conn) -> Result<(), Failure> {
    Ok(conn.batch_execute("ROLLBACK")?)
}

/// Opens what must be there already: SQLite would make an empty file of any name.
fn connect_existing(address: &Address) -> Result<Conn, Failure> {
    match address {
        Address::Sqlite(path) if !std::path::Path::new(path).exists() => {
            Err(Failure::Unreachable(format!("there is no file {path}")))
        }
        _ => connect(address),
    }
}

/// A stored value that the domain must be able to read.
fn whole<T>(value: Option<T>, what: &str) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::Corrupt(what.to_owned()))
}

/// A value kept as JSON. What is wrong with one is told by its place: the reader's own words hold the value.
fn json<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Corrupt(format!("{what}, at character {}", error.column())))
}

/// Lets the database see how much there is of what, so that it finds things the short way: after much has come in.
///
/// # Errors
/// A failure of the database.
pub fn take_stock(tx: &mut Tx) -> Result<(), Failure> {
    seam::take_stock(tx)
}

/// Whether a statement failed because something like it stands there already.
pub fn is_duplicate(failure: &Failure) -> bool {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    matches!(failure, Failure::Query(DatabaseError(UniqueViolation, _)))
}

/// Asks for something that is the same statement every time. Written out for each engine it is known by its type and stays
/// prepared; asked of a [`Conn`] its SQL would first be put together again to find it: a quarter of the time of reading an
/// internship, which takes some thirty statements.
macro_rules! prepared {
    ($on:expr, |$conn:ident| $ask:expr) => {
        match &mut *$on {
            $crate::store::Conn::Sqlite($conn) => $ask,
            $crate::store::Conn::Postgres($conn) => $ask,
        }
    };
}
pub(crate) use prepared;

/// Finding, inserting and replacing a row of a noun that belongs to a municipality: the scope stands in each WHERE.
macro_rules! noun {
    ($table:ident, $row:ident) => {
        pub fn find(conn: &mut Conn, municipality: &Municipality, id: &str) -> Result<Option<$row>, Failure> {
            use crate::store::rows::$table::dsl;
            let own = dsl::$table.filter(dsl::id.eq(id)).filter(dsl::municipality.eq(municipality.as_str()));
            Ok($crate::store::prepared!(conn, |conn| own.first(conn).optional())?)
        }
        pub fn insert(tx: &mut Tx, row: &$row) -> Result<(), Failure> {
            use crate::store::rows::$table::dsl;
            $crate::store::prepared!(&mut **tx, |conn| diesel::insert_into(dsl::$table).values(row).execute(conn))?;
            Ok(())
        }
        pub fn update(tx: &mut Tx, row: &$row) -> Result<(), Failure> {
            use crate::store::rows::$table::dsl;
            let own = dsl::$table.filter(dsl::id.eq(&row.id)).filter(dsl::municipality.eq(&row.municipality));
            diesel::update(own).set(row).execute(&mut **tx)?;
            Ok(())
        }
    };
}
pub(crate) use noun;
