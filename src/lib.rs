//! RetteMatch: books and follows up company internships (virksomhedspraktik), so that they lead to a job.
//!
//! The [`handbook`] says how to run, use and change it; its page [`architecture`](handbook::architecture) has the map of the modules
//! and what must always hold.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::panic,
    clippy::todo,
    clippy::unimplemented,
    clippy::dbg_macro,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod actions;
pub mod app;
pub mod backtest;
pub mod check_data;
pub mod clock;
pub mod context;
pub mod crypto;
pub mod domain;
pub mod handbook;
pub mod import;
pub mod jobs;
pub mod outbox;
pub mod provider;
pub mod read_log;
pub mod replay;
pub mod rotate_keys;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod verify_log;
pub mod views;
pub mod web;
