//! The subcommands, one file each.

pub mod backtest;
pub mod check_data;
pub mod demo;
pub mod import;
pub mod moving;
pub mod once;
pub mod progress;
pub mod replay;
pub mod serve;
pub mod setup;
pub mod stop;

/// What a command ends with; the error is printed.
pub type CommandResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
