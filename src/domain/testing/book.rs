//! The built-in rulebook, read once: the tables of cases ask it on thousands of days.

use crate::domain::rules::rulebook::{BUILT_IN, Rulebook};
use std::sync::LazyLock;

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::read(BUILT_IN).unwrap());

pub fn book() -> &'static Rulebook {
    &BOOK
}
