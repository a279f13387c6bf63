//! Rows as they were read, good and bad, and how their file is laid out.

use crate::domain::input::Fault;

use std::sync::Arc;

/// One cell that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct BadCell {
    /// As the file calls it.
    pub column: String,
    pub value: String,
    pub fault: Fault,
}

/// A row that cannot be brought in.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    pub line: u64,
    pub faults: Vec<BadCell>,
    pub original: Original,
}

/// A row as it stood in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Original {
    Cells(Vec<String>),
    Text(Arc<str>),
}

/// A cell that was unambiguous, and put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Righted {
    pub line: u64,
    pub column: String,
    pub before: String,
    pub after: String,
}

/// How the file is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    pub headers: Vec<String>,
    /// Columns that nobody knows.
    pub unused: Vec<String>,
    pub separator: Option<char>,
    pub sheet: Option<String>,
    /// JSON lines: what is rejected is written so too.
    pub lines_of_json: bool,
}

/// A row that was read.
pub(super) struct Good<T> {
    pub(super) line: u64,
    pub(super) row: T,
    pub(super) original: Original,
}

/// What is handed on together.
pub(super) struct RowBatch<T> {
    pub(super) layout: Option<Layout>,
    pub(super) rows: Vec<Good<T>>,
    pub(super) bad: Vec<BadRow>,
    pub(super) righted: Vec<Righted>,
    pub(super) blank: u64,
    pub(super) done: u64,
    pub(super) of: u64,
}

impl<T> Default for RowBatch<T> {
    fn default() -> Self {
        Self { layout: None, rows: Vec::new(), bad: Vec::new(), righted: Vec::new(), blank: 0, done: 0, of: 0 }
    }
}
