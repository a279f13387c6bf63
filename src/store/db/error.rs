//! What can go wrong with the database itself.

use crate::store::db::{
    address::AddressError,
    dialect::failures::{Failure, classify},
};
use diesel::result::DeserializeFieldError;
use thiserror::Error;

/// What can go wrong with the database itself. Its text goes to the log or to the operator, never into an answer.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The address in the settings is not understood.
    #[error("the database cannot be reached: {0}")]
    Address(#[from] AddressError),
    /// There is no connection, or it broke before anything was kept.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke during COMMIT: the changes may have been kept, or not.
    #[error("the connection broke during COMMIT, and whether the changes were kept is not known: {0}")]
    UnknownCommit(String),
    /// It could not be done just now: too many wait, or somebody else holds what is needed.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// Another transaction came between, at every try.
    #[error("the transaction conflicts with another: {0}")]
    Conflict(String),
    /// A unique index has the value already.
    #[error("the database has such a row already: {0}")]
    Duplicate(String),
    #[error("the disk of the database is full: {0}")]
    DiskFull(String),
    /// SQLite could not read or write its file.
    #[error("the file of the database cannot be read or written: {0}")]
    InputOutput(String),
    /// A part of the database is damaged on the disk: nothing more is written.
    #[error(
        "the database is damaged on the disk: {0}. Nothing more is written. Stop the service, keep the damaged file, and restore the \
         last backup (handbook, operations)"
    )]
    Damaged(String),
    /// A stored value that the domain cannot read.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    /// The tables could not be brought up to date, or taken away.
    #[error("the tables could not be migrated: {0}")]
    Migration(String),
    /// What was asked of the database ended in a panic.
    #[error("a panic while the database was asked")]
    Panicked,
    /// Any other refusal of a statement.
    #[error("the database refused a statement: {0}")]
    Query(String),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        if let diesel::result::Error::DeserializationError(inner) = &error {
            return Self::Corrupt(unreadable(inner.as_ref()));
        }
        let text = error.to_string();
        match classify(&error) {
            Failure::Conflict => Self::Conflict(text),
            Failure::Duplicate => Self::Duplicate(text),
            Failure::Busy => Self::Busy(text),
            Failure::DiskFull => Self::DiskFull(text),
            Failure::InputOutput => Self::InputOutput(text),
            Failure::Damaged => Self::Damaged(text),
            Failure::Disconnected => Self::Unreachable(text),
            Failure::Other => Self::Query(text),
        }
    }
}

/// A text that the type of its column does not know. What the text is is not told.
#[derive(Debug, Error)]
#[error("it holds no {of} that this program knows")]
pub struct UnknownValue {
    pub of: &'static str,
}

/// What was met while a row was read, with its column where that is known. Never a value.
fn unreadable(error: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    let Some(field) = error.downcast_ref::<DeserializeFieldError>() else { return "a row".to_owned() };
    let column = field.field_name.as_deref().unwrap_or("without a name");
    let why = field.error.downcast_ref::<UnknownValue>().map(|why| format!(": {why}")).unwrap_or_default();
    format!("the column {column}{why}")
}

impl StoreError {
    /// Whether the same may well pass when it is asked for later, with nothing changed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::UnknownCommit(_) | Self::Busy(_) | Self::Conflict(_))
    }

    /// The same, known to come from a connection that broke: each engine and each moment has words of its own for that.
    pub(super) fn on_broken_connection(self) -> Self {
        match self {
            Self::Query(text) => Self::Unreachable(text),
            other => other,
        }
    }

    /// Whether the same transaction may pass when it is run again at once. A duplicate too: what another transaction inserted
    /// first is found and judged by the next run.
    pub(super) fn is_worth_rerunning(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Duplicate(_))
    }
}

/// The error of a closure that runs in a transaction. Only types that keep a [`StoreError`] as it is implement this: the retry
/// looks at it, so what has been put into words for somebody is no such type.
pub trait TransactionError: From<StoreError> + Send + 'static {
    /// The failure of the database that it is, if it is one.
    fn store_error(&self) -> Option<&StoreError>;
}

impl TransactionError for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}
