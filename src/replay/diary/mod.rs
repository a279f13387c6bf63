//! The diary of a case: what happened on which day, in words that a caseworker understands, and the same as data.

mod described;
mod entries;
mod entry;

pub use entries::{entries, opening, refused};
pub use entry::{DiaryEntry, EntryKind};
