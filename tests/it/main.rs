//! The one test binary: the whole service, a story a file, through HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod access;
mod alignment;
mod approaches;
mod asks;
mod booking;
mod busy;
mod chaos;
mod company_files;
mod continuity;
mod database_address;
mod exports;
mod extension;
mod flags;
mod follow_ups;
mod full_disk;
mod gate;
mod harness;
mod house_rules;
mod idempotency;
mod intake;
mod kills;
mod letters;
mod links;
mod lists;
mod matching;
mod moving;
mod openapi;
mod openings;
mod outage;
mod plans;
mod problems;
mod races;
mod record;
mod releases;
mod restarts;
mod rules;
mod search;
mod sign_in;
mod smtp;
mod stopping;
mod terms;
mod upgrades;
mod watching;
mod year;
