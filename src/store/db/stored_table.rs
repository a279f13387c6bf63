//! A table as a stream of rows: what moving everything to another database needs of it, whatever its columns.
//!
//! The digest of a table is the SHA-256 of its rows in the order of their key, of each row its columns in the order of
//! `schema.rs`: a value is the length of its text in bytes, a colon and the text (days and instants as in ISO 8601, booleans as
//! `true` and `false`), NULL is a hyphen. So it does not depend on how an engine keeps a value.

use crate::store::db::{conn::Conn, error::StoreError};
use chrono::{NaiveDate, NaiveDateTime};
use sha2::{Digest, Sha256};

/// So many rows are held at once.
const BATCH: usize = 500;

/// The row of a table, as `schema.rs` declares it.
pub trait Stored: Sized + 'static {
    const NAME: &'static str;
    const KEY: &'static [&'static str];
    /// Each column's name and type.
    const COLUMNS: &'static [(&'static str, &'static str)];
    /// Each column's name, and whether what stands in it is sealed.
    const SEALED: &'static [(&'static str, bool)];

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
    /// All of it, in the order of the columns.
    fn values(&self) -> Vec<ColumnValue>;
}

/// A value as text that does not depend on the engine.
pub trait Canonical {
    /// Whether what stands in it is sealed.
    const IS_SEALED: bool = false;
    /// None is NULL.
    fn text(&self) -> Option<String>;

    /// So that it cannot run into the next.
    fn feed(&self, digest: &mut Sha256) {
        match self.text() {
            Some(text) => digest.update(format!("{}:{text}", text.len())),
            None => digest.update("-"),
        }
    }
}

macro_rules! canonical {
    ($($rust:ty),+) => {$(
        impl Canonical for $rust {
            fn text(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )+};
}
canonical!(String, bool, i32, i64, NaiveDate, NaiveDateTime);

impl<T: Canonical> Canonical for Option<T> {
    const IS_SEALED: bool = T::IS_SEALED;
    fn text(&self) -> Option<String> {
        self.as_ref().and_then(Canonical::text)
    }
}

/// What stands in one column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnValue {
    pub column: &'static str,
    pub is_sealed: bool,
    /// None is NULL.
    pub text: Option<String>,
}

impl ColumnValue {
    pub fn of<T: Canonical>(column: &'static str, value: &T) -> Self {
        Self { column, is_sealed: T::IS_SEALED, text: value.text() }
    }
}

/// Called for each row.
pub type OnRow<'a> = &'a mut dyn FnMut();

/// A table, whatever its row.
pub struct Table {
    pub name: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [(&'static str, &'static str)],
    pub sealed: &'static [(&'static str, bool)],
    /// Copies all rows from one database to the other.
    pub copy: fn(&mut Conn, &mut Conn, OnRow) -> Result<(), StoreError>,
    /// Counts and digests all rows.
    pub content: fn(&mut Conn, OnRow) -> Result<Content, StoreError>,
}

impl Table {
    pub const fn of<T: Stored>() -> Self {
        Self { name: T::NAME, key: T::KEY, columns: T::COLUMNS, sealed: T::SEALED, copy: copy_table::<T>, content: content::<T> }
    }
}

/// What stands in a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    pub rows: u64,
    pub digest: String,
}

fn copy_table<T: Stored>(from: &mut Conn, to: &mut Conn, on_row: OnRow) -> Result<(), StoreError> {
    let mut some = Vec::with_capacity(BATCH);
    T::each(from, &mut |row| {
        some.push(row);
        if some.len() == BATCH {
            T::put(to, &some)?;
            some.clear();
        }
        on_row();
        Ok(())
    })?;
    T::put(to, &some)
}

fn content<T: Stored>(conn: &mut Conn, on_row: OnRow) -> Result<Content, StoreError> {
    let (mut rows, mut digest) = (0, Sha256::new());
    T::each(conn, &mut |row| {
        row.feed(&mut digest);
        rows += 1;
        on_row();
        Ok(())
    })?;
    Ok(Content { rows, digest: data_encoding::HEXLOWER.encode(&digest.finalize()) })
}
