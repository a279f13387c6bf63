//! What the subcommands do.

pub mod once;
pub mod progress;
pub mod serve;
pub mod setup;
