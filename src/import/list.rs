//! A list that is to be brought in.

use crate::{context::Account, domain::values::day::At, import::format::Format};

use std::fs::File;

/// A list that is to be brought in: by whom and when, from which file, and whether the good rows are kept.
pub struct List<'a> {
    pub by: &'a Account,
    pub at: At,
    pub file: File,
    pub format: Format,
    pub keep: bool,
}
