//! Seals everything anew under the newest key, so that the keys between the first and the newest are needed no longer. It may: what it opens is
//! shown to nobody, and goes back to the row that it came from.
//!
//! Promise: it may be killed and begun anew at any time, beside a service that works: what is sealed already is left alone, and what somebody
//! writes meanwhile is sealed by the newest key anyway. The first key stays: it makes what must stay the same (how a number or a name
//! is found, links in letters that have left, the chain of the log).

use crate::{
    crypto::{Binding, Keys},
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::{
                copying::count,
                resealing::{not_under, replace},
            },
            error::StoreError,
            stored_table::Table,
        },
        schema::{ChangedValueRow, TABLES, changed_values},
        sealed::open_named,
    },
};
use diesel::prelude::*;

/// So many are sealed in a transaction.
const TOGETHER: usize = 200;

/// A column of a table whose values are sealed.
#[derive(Clone, Copy)]
pub struct SealedPlace {
    table: &'static Table,
    column: &'static str,
}

/// All of them.
pub fn places() -> Vec<SealedPlace> {
    let of = |table: &'static Table| {
        let sealed = table.sealed.iter().filter(|(_, is_sealed)| *is_sealed);
        sealed.map(move |(column, _)| SealedPlace { table, column })
    };
    TABLES.iter().flat_map(of).collect()
}

impl SealedPlace {
    /// How many rows there are, at most as many values.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn rows(self, conn: &mut Conn) -> Result<u64, StoreError> {
        Ok(u64::try_from(count(conn, self.table.name)?).unwrap_or_default())
    }

    /// Seals some of its values anew. How many: none where none is left.
    ///
    /// # Errors
    /// One that does not open; a failure of the database.
    pub fn reseal_some(self, tx: &mut Tx, keys: &Keys) -> Result<usize, StoreError> {
        let (table, column) = (self.table.name, self.column);
        let found = not_under(tx, self.table, column, &keys.begin_of_newest(), TOGETHER)?;
        for old in &found {
            let text = open_named(keys, (table, column), &old.of_row, &old.value)?;
            let new = seal(keys, (table, column), &old.of_row, &text)?;
            replace(tx, self.table, column, old, &new)?;
        }
        Ok(found.len())
    }
}

fn seal(keys: &Keys, (table, column): (&str, &str), row: &str, text: &str) -> Result<String, StoreError> {
    keys.seal(Binding { table, column, row }, text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The same of some values of the journal, each sealed as it was where it was changed. How many rows.
///
/// # Errors
/// One that does not open; a failure of the database.
pub fn reseal_journal(tx: &mut Tx, keys: &Keys) -> Result<usize, StoreError> {
    let newest = format!("{}%", keys.begin_of_newest());
    let is_older = changed_values::value_before.not_like(&newest).or(changed_values::value_after.not_like(&newest));
    let older = changed_values::table.filter(changed_values::is_sealed.eq(true)).filter(is_older.assume_not_null());
    let rows: Vec<ChangedValueRow> = older.limit(i64::try_from(TOGETHER).unwrap_or(i64::MAX)).load(&mut **tx)?;
    for row in &rows {
        let of = (row.table_name.as_str(), row.column_name.as_str());
        let anew = |value: &Option<String>| {
            let value = value.as_deref();
            value.map(|value| seal(keys, of, &row.row_id, &open_named(keys, of, &row.row_id, value)?)).transpose()
        };
        let set =
            (changed_values::value_before.eq(anew(&row.value_before)?), changed_values::value_after.eq(anew(&row.value_after)?));
        diesel::update(changed_values::table.filter(changed_values::id.eq(&row.id))).set(set).execute(&mut **tx)?;
    }
    Ok(rows.len())
}
