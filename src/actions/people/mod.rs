//! Citizens and those who work with them.

pub mod accounts;
pub mod citizens;
pub mod closed;
pub mod closing;
mod consultant;
pub mod continuity;
pub mod profile;
pub mod sessions;
pub mod steps;
