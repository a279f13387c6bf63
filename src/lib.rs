//! RetteMatch: books and follows up company internships (virksomhedspraktik), so that they lead to a job.
//!
//! # The map
//!
//! Arrows run one way, down; a test reads every `use` and holds it.
//!
//! | layer | what it is | may use |
//! |---|---|---|
//! | `main`, `commands` | the command line | the library |
//! | [`replay`] | plays course files through the actions | all below |
//! | [`backtest`] | tries a changed rulebook on the database's own history | app, jobs (progress), store (reads), domain |
//! | [`http`] | the REST API, thin | actions, intake, store (reads), domain |
//! | [`intake`] | reads lists of companies and postcodes, and hands them to the actions | actions, app, store (reads), domain |
//! | [`jobs`] | the schedule on one screen, the courier, the alarm | actions, store, post, domain |
//! | [`app`] | what the program shares, built once | all below |
//! | [`actions`] | what a person or the clock can make happen, each in one transaction | letters, store, domain |
//! | [`post`] | sends letters; lettre lives only here | settings |
//! | [`store`] | the database; diesel lives only here | domain, keys |
//! | [`letters`] | typed facts in, text out | domain |
//! | [`domain`] | the product: nouns, rules, flags; pure | nothing |
//!
//! Beside them: [`clock`] (the only place that asks for the time), [`keys`] (secrets), [`settings`], [`watching`] (log, counts,
//! traces).
//!
//! The first argument says what a function may do: reads take `&mut Conn`, writes take `&mut Tx`, which only
//! [`store::Db::write`] makes.

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
pub mod clock;
pub mod context;
pub mod crypto;
pub mod domain;
pub mod import;
pub mod jobs;
pub mod outbox;
pub mod replay;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod views;
pub mod web;
