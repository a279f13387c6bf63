//! Which column is which: the names that lists, registers and people give them. They are compared without case, blanks and
//! signs, æ as ae, ø as oe, å as aa; the columns may stand in any order, and those that nobody knows are left and named.

mod header;
mod names;

pub use header::{Columns, Means, help, meaning};
pub use names::{ADDED, NAMES, folded};
