//! The rulebook: every legal figure, every duty and every threshold as a dated row of `config/rules.toml`, with its
//! reference and how sure we are of it. A reference, a target group and an effect are data, never code.
//!
//! Promise: once read, the book has exactly one value of each figure on every day that was, is or will be, and every
//! target group it names is in force; a gap, an overlap, an unknown or a missing figure is refused when it is read, all
//! at once and each with its line, never met by a rule.

mod book;
mod completeness;
mod figures;
mod reading;
mod row;
mod shape;
#[cfg(test)]
mod tests;
mod values;
mod version;

pub use book::{BUILT_IN, Rulebook};
pub use figures::Figures;
pub use reading::RulebookFaults;
pub use row::{Effect, Row, Sure};
pub use values::{Group, Percents, Rounding};
pub use version::BookVersion;
