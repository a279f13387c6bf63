//! The database; diesel lives only here. [`Db::read`] and [`Db::write`] are the only doors.

pub mod access_reasons;
pub mod account_changes;
pub mod account_links;
pub mod accounts;
pub mod approaches;
pub mod backup;
pub mod calendar_entries;
pub mod changed_values;
pub mod changes;
pub mod citizen_names;
pub mod citizens;
pub mod clients;
pub mod closings;
pub mod closures;
mod columns;
pub mod companies;
pub mod company_lists;
pub mod continuity;
pub mod copying;
pub mod corrections;
pub mod courses;
pub mod db;
pub mod employer_statements;
pub mod erased;
pub mod erasing;
pub mod flags;
pub mod follow_ups;
pub mod former_numbers;
pub mod hearings;
pub mod idempotency;
pub mod identities;
pub mod internship_facts;
pub mod internships;
pub mod key_proofs;
pub mod letters;
pub mod links;
mod macros;
pub mod matching;
pub mod meetings;
pub mod merging;
pub mod migrations;
pub mod openings;
pub mod pauses;
pub mod postcodes;
pub mod read_log;
pub mod restrictions;
pub mod rulebooks;
pub mod runs;
pub mod schema;
pub mod sealed;
pub mod search;
pub mod statement_requests;
pub mod steps;
pub mod substitutes;
pub mod system;
pub mod terms;
pub mod trade_counts;
mod values;
pub mod workplace_records;
pub mod workplaces;
pub mod written;

pub use db::{
    conn::{Conn, Tx},
    dialect::session::update_statistics,
    error::{StoreError, TransactionError},
    pool::Db,
    row_change::{ColumnChange, RowChange},
};
