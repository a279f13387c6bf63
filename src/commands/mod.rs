//! The subcommands, one file each.

pub mod backtest;
pub mod check_data;
pub mod demo;
pub mod erase;
pub mod extract;
pub mod import;
pub mod modes;
pub mod moving;
pub mod once;
pub mod progress;
pub mod replay;
mod result;
pub mod rotate_keys;
pub mod serve;
pub mod setup;
pub mod stop;
pub mod verify_log;

pub use result::CommandResult;
