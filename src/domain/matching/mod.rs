//! Matching: which opening or workplace fits a citizen, and which citizen an opening, by fixed rules that a person can read. Hard
//! conditions come first ([`limits`]); then a sum of named parts ([`parts`]), each with its weight from the rulebook and its
//! reason in words (S2–S4, S8, S11, S13).
//!
//! Companies are ranked by whom they hire, never by how many interns they have hosted. What must never happen: a part that rests
//! on a protected trait; a weight that is learned; a result that breaks a hard condition; a better prospect, a nearer place or
//! one more accommodation that lowers a rank.

mod known;
pub mod limits;
mod offer;
pub mod parts;
#[cfg(test)]
mod properties;
mod reach;
mod seeker;
mod standing;
#[cfg(test)]
mod tests;

pub use known::{Hires, Known, KnownRoad};
pub use offer::{Offer, Opened};
pub use reach::Reach;
pub use seeker::{Seeker, accommodations_of};
pub use standing::{Prospect, Standing};
