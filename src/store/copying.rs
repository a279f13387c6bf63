//! Moving everything to another database, of the same engine or the other, and proving that it arrived.
//!
//! Promise: all or nothing. What is read is one state of the source; what is written is one transaction, committed only when
//! both sides have the same rows, counted and digested in the same way. Whoever is killed in between leaves empty tables, and
//! begins anew. Memory does not grow with the data. It never writes into a database that holds anything, and never changes the
//! source.

use crate::store::{
    db::{
        address::Address,
        conn::{Conn, commit},
        dialect::{
            connect::{connect, connect_existing},
            copying::{begin_exclusive, count, tables},
            session::{begin_read, lift_time_limits},
        },
        error::StoreError,
        stored_table::Content,
    },
    migrations,
    schema::TABLES,
};
use diesel::prelude::*;
use thiserror::Error;

/// Progress is reported after so many rows.
const REPORT_EVERY: u64 = 500;

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
#[derive(Debug, Error)]
pub enum CopyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is something in it already: {}. Name a database that is new or empty", .0.join(", "))]
    NotEmpty(Vec<String>),
    #[error("the source's tables are not up to date (migration {0} is missing): run `rettematch migrate` first")]
    OldSource(String),
    #[error("the source belongs to a newer RetteMatch (migration {0}): use that one's `copy-to`")]
    NewerSource(String),
    /// What arrived is not what was sent; it was taken back.
    #[error("what arrived is not what was sent, and was taken back")]
    Differs(Vec<ComparedTable>),
}

impl From<diesel::result::Error> for CopyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Copies everything from one database to another that is empty, and compares both. `progress` is called with how many rows of
/// how many have been handled; each is handled three times: copied, and read once more on either side.
///
/// # Errors
/// A database that cannot be reached or fails, a source with other tables than this program's, a target that holds anything, or
/// a difference. Nothing is left in the target then.
pub fn copy(from: &Address, to: &Address, progress: &dyn Fn(u64, u64)) -> Result<Vec<ComparedTable>, CopyError> {
    let (from, to) = (&mut connect_existing(from)?, &mut connect(to)?);
    refuse_unless_empty(to)?;
    migrations::run(to)?;
    refuse_unless_alike(from, to)?;
    lift_time_limits(from)?;
    lift_time_limits(to)?;
    // Whatever fails from here on drops the connection, and with it the transaction.
    begin_read(from)?;
    begin_exclusive(to, &TABLES.iter().map(|table| table.name).collect::<Vec<_>>())?;
    refuse_unless_empty(to)?;

    let (mut rows, mut done) = (0, 0_u64);
    for table in TABLES {
        rows += u64::try_from(count(from, table.name)?).unwrap_or_default();
    }
    let of = rows * 3;
    let mut on_row = || {
        done += 1;
        if done.is_multiple_of(REPORT_EVERY) || done == of {
            progress(done, of);
        }
    };
    for table in TABLES {
        (table.copy)(from, to, &mut on_row)?;
    }
    let mut compared = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let (from, to) = ((table.content)(from, &mut on_row)?, (table.content)(to, &mut on_row)?);
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
    for name in tables(conn)? {
        let rows = count(conn, &name)?;
        if !TABLES.iter().any(|table| table.name == name) {
            standing.push(format!("{name} (not a table of RetteMatch)"));
        } else if rows > 0 {
            standing.push(format!("{name} ({rows} rows)"));
        }
    }
    if standing.is_empty() {
        return Ok(());
    }
    Err(CopyError::NotEmpty(standing))
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
        return Err(CopyError::OldSource(missing.clone()));
    }
    if let Some(unknown) = has.iter().find(|version| !wanted.contains(version)) {
        return Err(CopyError::NewerSource(unknown.clone()));
    }
    Ok(())
}
