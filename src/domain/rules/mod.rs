//! What is refused, asked and flagged, and the dated figures that it rests on.

pub mod about;
pub mod catalogue;
pub mod flags;
pub mod hindsight;
#[cfg(test)]
pub mod properties;
pub mod refusals;
pub mod rulebook;
