//! Moving everything to another database, of the same engine or the other, and proving that it arrived.
//!
//! Promise: all or nothing. What is read is one state of the source; what is written is one transaction, committed only when
//! both sides have the same rows, counted and digested in the same way. Whoever is killed in between leaves empty tables, and
//! begins anew. Memory does not grow with the data. It never writes into a database that holds anything, and never changes the
//! source.
//!
//! The digest of a table is the SHA-256 of its rows in the order of their key, of each row its columns in the order of
//! `rows.rs`: a value is the length of its text in bytes, a colon and the text (days and instants as in ISO 8601, truth as
//! `true` and `false`), nothing is a hyphen. So it does not depend on how an engine keeps a value.

use crate::store::{
    db::{
        address::Address,
        conn::{Conn, commit},
        connect::{connect, connect_existing},
        dialect,
        error::StoreError,
    },
    migrations,
    schema::TABLES,
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// So many rows are held at once.
const BATCH: usize = 500;
/// After so many it is told how far it is.
const TOLD_EVERY: u64 = 500;

/// The row of a table, as `rows.rs` makes it.
pub trait Stored: Sized + 'static {
    const NAME: &'static str;
    const KEY: &'static [&'static str];
    /// Each column's name and type.
    const COLUMNS: &'static [(&'static str, &'static str)];

    /// Every row in the order of the key.
    ///
    /// # Errors
    /// A failure of the database, or one of whoever looks at the rows.
    fn each(conn: &mut Conn, take: &mut dyn FnMut(Self) -> Result<(), StoreError>) -> Result<(), StoreError>;
    /// Inserts some.
    ///
    /// # Errors
    /// A failure of the database.
    fn put(conn: &mut Conn, rows: &[Self]) -> Result<(), StoreError>;
    fn feed(&self, digest: &mut Sha256);
}

/// A value in a form that does not depend on the engine, and cannot run into the next.
pub trait Canonical {
    fn feed(&self, digest: &mut Sha256);
}

macro_rules! canonical {
    ($($rust:ty),+) => {$(
        impl Canonical for $rust {
            fn feed(&self, digest: &mut Sha256) {
                let text = self.to_string();
                digest.update(format!("{}:{text}", text.len()));
            }
        }
    )+};
}
canonical!(String, bool, i32, i64, NaiveDate, NaiveDateTime);

impl<T: Canonical> Canonical for Option<T> {
    fn feed(&self, digest: &mut Sha256) {
        match self {
            Some(value) => value.feed(digest),
            None => digest.update("-"),
        }
    }
}

/// Told of each row.
type Tell<'a> = &'a mut dyn FnMut();

/// A table, whatever its row.
pub struct Table {
    pub name: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [(&'static str, &'static str)],
    copy: fn(&mut Conn, &mut Conn, Tell) -> Result<(), StoreError>,
    content: fn(&mut Conn, Tell) -> Result<Content, StoreError>,
}

impl Table {
    pub const fn of<T: Stored>() -> Self {
        Self { name: T::NAME, key: T::KEY, columns: T::COLUMNS, copy: copy_table::<T>, content: content::<T> }
    }
}

/// What stands in a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    pub rows: u64,
    pub digest: String,
}

/// A table on both sides.
#[derive(Debug)]
pub struct ComparedTable {
    pub table: &'static str,
    pub from: Content,
    pub to: Content,
}

impl ComparedTable {
    pub fn is_same(&self) -> bool {
        self.from == self.to
    }
}

/// Why nothing was copied.
#[derive(Debug)]
pub enum CopyError {
    Store(StoreError),
    /// In words that say what to do.
    Refused(String),
    /// What arrived is not what was sent; it was taken back.
    Differs(Vec<ComparedTable>),
}

impl From<StoreError> for CopyError {
    fn from(failure: StoreError) -> Self {
        Self::Store(failure)
    }
}

impl From<diesel::result::Error> for CopyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Copies everything from one database to another that is empty, and compares both. `tell` hears how many rows of how many have
/// been handled; each is handled three times: copied, and looked at once more on either side.
///
/// # Errors
/// A database that cannot be reached or fails, a source with other tables than this program's, a target that holds anything, or
/// a difference. Nothing is left in the target then.
pub fn copy(from: &Address, to: &Address, tell: &dyn Fn(u64, u64)) -> Result<Vec<ComparedTable>, CopyError> {
    let (from, to) = (&mut connect_existing(from)?, &mut connect(to)?);
    refuse_unless_empty(to)?;
    migrations::run(to)?;
    refuse_unless_alike(from, to)?;
    dialect::unhurried(from)?;
    dialect::unhurried(to)?;
    // Whatever fails from here on drops the connection, and with it the transaction.
    dialect::begin_read(from)?;
    dialect::begin_alone(to, &TABLES.iter().map(|table| table.name).collect::<Vec<_>>())?;
    refuse_unless_empty(to)?;

    let (mut rows, mut done) = (0, 0_u64);
    for table in TABLES {
        rows += u64::try_from(dialect::count(from, table.name)?).unwrap_or_default();
    }
    let of = rows * 3;
    let mut told = || {
        done += 1;
        if done.is_multiple_of(TOLD_EVERY) || done == of {
            tell(done, of);
        }
    };
    for table in TABLES {
        (table.copy)(from, to, &mut told)?;
    }
    let mut compared = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let (from, to) = ((table.content)(from, &mut told)?, (table.content)(to, &mut told)?);
        compared.push(ComparedTable { table: table.name, from, to });
    }
    // Counted by the engine too: a stream that ended early would end early twice.
    if compared.iter().all(ComparedTable::is_same) && compared.iter().map(|table| table.from.rows).sum::<u64>() == rows {
        commit(to)?;
        Ok(compared)
    } else {
        Err(CopyError::Differs(compared))
    }
}

/// A database that holds rows, or tables of something else, is somebody's.
fn refuse_unless_empty(conn: &mut Conn) -> Result<(), CopyError> {
    let mut standing = Vec::new();
    for name in dialect::tables(conn)? {
        let rows = dialect::count(conn, &name)?;
        if !TABLES.iter().any(|table| table.name == name) {
            standing.push(format!("{name} (not a table of RetteMatch)"));
        } else if rows > 0 {
            standing.push(format!("{name} ({rows} rows)"));
        }
    }
    if standing.is_empty() {
        return Ok(());
    }
    let standing = standing.join(", ");
    Err(CopyError::Refused(format!("there is something in it already: {standing}. Name a database that is new or empty")))
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Both must have the tables of this very program, or something would be left behind.
fn refuse_unless_alike(from: &mut Conn, to: &mut Conn) -> Result<(), CopyError> {
    use __diesel_schema_migrations::dsl;
    let versions =
        |conn: &mut Conn| dsl::__diesel_schema_migrations.select(dsl::version).order(dsl::version).load::<String>(conn);
    // A database that nobody has ever brought up to date has no such list.
    let (has, wanted) = (versions(from).unwrap_or_default(), versions(to)?);
    if let Some(missing) = wanted.iter().find(|version| !has.contains(version)) {
        return Err(CopyError::Refused(format!(
            "the source's tables are not up to date (migration {missing} is missing): run `rettematch migrate` first"
        )));
    }
    if let Some(unknown) = has.iter().find(|version| !wanted.contains(version)) {
        return Err(CopyError::Refused(format!(
            "the source belongs to a newer RetteMatch (migration {unknown}): use that one's `copy-to`"
        )));
    }
    Ok(())
}

fn copy_table<T: Stored>(from: &mut Conn, to: &mut Conn, tell: Tell) -> Result<(), StoreError> {
    let mut some = Vec::with_capacity(BATCH);
    T::each(from, &mut |row| {
        some.push(row);
        if some.len() == BATCH {
            T::put(to, &some)?;
            some.clear();
        }
        tell();
        Ok(())
    })?;
    T::put(to, &some)
}

fn content<T: Stored>(conn: &mut Conn, tell: Tell) -> Result<Content, StoreError> {
    let (mut rows, mut digest) = (0, Sha256::new());
    T::each(conn, &mut |row| {
        row.feed(&mut digest);
        rows += 1;
        tell();
        Ok(())
    })?;
    Ok(Content { rows, digest: data_encoding::HEXLOWER.encode(&digest.finalize()) })
}
