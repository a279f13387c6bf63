//! The one test binary: the whole service, a story a file, through HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod gate;
mod harness;
mod kills;
mod letters;
mod openapi;
mod outage;
mod smtp;
mod year;
