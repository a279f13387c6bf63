//! Versions of the alignment: their key, and their terms.

use crate::{
    crypto::Keys,
    domain::internships::alignment::{Party, Terms},
    store::{db::error::StoreError, schema::VersionRow, sealed::columns::VERSION_TERMS},
};
use std::fmt::Display;

/// The primary key of a version, to which its sealed columns are bound.
pub fn version_key(internship: impl Display, number: i32) -> String {
    format!("{internship}/{number}")
}

/// The same of a confirmation.
pub fn confirmation_key(internship: impl Display, number: i32, party: Party) -> String {
    format!("{internship}/{number}/{party}")
}

/// # Errors
/// Terms that do not open, or cannot be read.
pub fn open_terms(keys: &Keys, row: &VersionRow) -> Result<Terms, StoreError> {
    VERSION_TERMS.open(keys, version_key(&row.internship_id, row.number), &row.terms)
}
