//! A column whose values are sealed, bound to their row.

use crate::{
    crypto::{Binding, Keys, SealError},
    store::{db::error::StoreError, sealed::value::StoredValue},
};
use std::{fmt::Display, marker::PhantomData};

/// A value could not be written or sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("a value cannot be written: {0}")]
    Write(#[from] serde_json::Error),
}

/// A sealed value as it stands in its column. Only sealing makes one, so that nothing is put there in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedText(String);

impl SealedText {
    /// One that stands in the database already.
    pub fn stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A column whose values are sealed; `T` is what it holds.
pub struct SealedColumn<T> {
    table: &'static str,
    column: &'static str,
    holds: PhantomData<fn() -> T>,
}

impl<T: StoredValue> SealedColumn<T> {
    pub(super) const fn new(table: &'static str, column: &'static str) -> Self {
        Self { table, column, holds: PhantomData }
    }

    /// Seals a value for a row, named by its primary key (the parts of one of several columns with `/` between).
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn seal(&self, keys: &Keys, row: impl Display, value: &T) -> Result<SealedText, SealedError> {
        self.seal_text(keys, row, &value.to_text()?)
    }

    /// Seals a value that an earlier release has written in the clear.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn seal_text(&self, keys: &Keys, row: impl Display, text: &str) -> Result<SealedText, SealedError> {
        let row = row.to_string();
        Ok(SealedText(keys.seal(Binding { table: self.table, column: self.column, row: &row }, text)?))
    }

    /// The same of what may be missing.
    ///
    /// # Errors
    /// As of [`SealedColumn::seal`].
    pub fn seal_some(&self, keys: &Keys, row: impl Display, value: Option<&T>) -> Result<Option<SealedText>, SealedError> {
        value.map(|value| self.seal(keys, row, value)).transpose()
    }

    /// Opens what may be missing.
    ///
    /// # Errors
    /// As of [`SealedColumn::open`].
    pub fn open_some(&self, keys: &Keys, row: impl Display, sealed: Option<&SealedText>) -> Result<Option<T>, StoreError> {
        sealed.map(|sealed| self.open(keys, row, sealed)).transpose()
    }

    /// Opens what was sealed for the same row.
    ///
    /// # Errors
    /// Sealed under a key that is not here, or for another row; a value that cannot be read. Told by its place: the value itself
    /// is never repeated.
    pub fn open(&self, keys: &Keys, row: impl Display, sealed: &SealedText) -> Result<T, StoreError> {
        let (table, column, row) = (self.table, self.column, row.to_string());
        let corrupt = |why: String| StoreError::Corrupt(format!("{table}.{column}: {why}"));
        let text =
            keys.open(Binding { table, column, row: &row }, sealed.as_str()).map_err(|error| corrupt(error.to_string()))?;
        T::from_text(&text).map_err(|error| corrupt(error.to_string()))
    }
}

/// A value as it is stored unsealed.
///
/// # Errors
/// It cannot be written as JSON; no value fails so.
pub fn to_column<T: StoredValue>(value: &T) -> Result<String, SealedError> {
    Ok(value.to_text()?)
}

/// A value that is stored unsealed.
///
/// # Errors
/// A value that cannot be read.
pub fn from_column<T: StoredValue>(column: &str, text: &str) -> Result<T, StoreError> {
    T::from_text(text).map_err(|error| StoreError::Corrupt(format!("{column}: {error}")))
}

/// Opens what was sealed for a row of any column, by their names.
///
/// # Errors
/// It was sealed under a key that is not here, or for another row.
pub fn open_named(keys: &Keys, (table, column): (&str, &str), row: &str, sealed: &str) -> Result<String, StoreError> {
    let opened = keys.open(Binding { table, column, row }, sealed);
    opened.map_err(|error| StoreError::Corrupt(format!("{table}.{column}: {error}")))
}
