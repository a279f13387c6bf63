//! Stored values: a type of its own for each, and how they are sealed, column by column.
//!
//! Promise: a sealed value opens in its own row and column only, under any key of the key file. Whatever a release stored is read
//! for ever; `tests/data/releases` keeps samples of every kind, and a test reads them.

mod citizen;
mod column;
mod columns;
mod follow_up;
#[cfg(test)]
mod golden;
mod hearing;
mod papers;
mod pause;
mod reply;
mod start_papers;
mod step;
mod terms;
mod value;
mod version;

pub use column::{SealedColumn, SealedError, SealedText, from_column, open_named, to_column};
pub use columns::*;
pub use reply::{reply_body, seal_reply};
pub use value::{StoredValue, StoredValueError};
pub use version::{confirmation_key, open_terms, version_key};
