//! Stored values that the domain must be able to read.

use super::db::error::StoreError;

/// A stored value that the domain must be able to read.
pub fn whole<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(what.to_owned()))
}

/// A value stored as JSON. A fault is reported by its position only, because the parser's own message contains the value.
pub fn json<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{what}, at character {}", error.column())))
}
