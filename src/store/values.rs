//! Stored values that the domain must be able to read.

use super::db::error::StoreError;

/// A stored value that the domain must be able to read.
pub fn whole<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(what.to_owned()))
}

/// A value kept as JSON. What is wrong with one is told by its place: the reader's own words hold the value.
pub fn json<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{what}, at character {}", error.column())))
}
