//! Stored values that the domain must be able to read.

use super::db::error::StoreError;

/// A stored value that the domain must be able to read.
pub fn whole<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(what.to_owned()))
}
