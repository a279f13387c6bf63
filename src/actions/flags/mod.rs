//! Flags: evaluated by the rules, handled by people, reported by letter.

pub mod evaluate;
pub mod handling;
pub mod notify;
mod reach;
mod reconcile;
pub mod reports;
pub mod visible;
