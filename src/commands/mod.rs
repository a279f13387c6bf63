//! What the subcommands do.

pub mod backtest;
pub mod demo;
pub mod import;
pub mod moving;
pub mod once;
pub mod progress;
pub mod replay;
pub mod serve;
pub mod setup;
pub mod stop;
