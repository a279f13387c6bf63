//! Citizens and those who work with them.

pub mod account_changes;
pub mod account_closing;
pub mod accounts;
pub mod citizens;
pub mod closed;
pub mod closing;
mod consultant;
pub mod continuity;
pub mod profile;
pub mod sessions;
pub mod steps;
pub mod substitutes;
pub mod tries;
pub mod work;
