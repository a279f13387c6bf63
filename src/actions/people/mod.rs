//! Citizens and those who work with them.

pub mod access_reasons;
pub mod account_changes;
pub mod account_closing;
pub mod account_confirming;
pub mod account_opening;
pub mod accounts;
pub mod changes;
pub mod citizens;
pub mod clients;
pub mod closed;
pub mod closing;
mod consultant;
pub mod continuity;
pub mod erasing;
pub mod look_ups;
pub mod password_links;
pub mod profile;
pub mod provider_sign_in;
pub mod read_log;
pub mod restricting;
mod role_asking;
pub mod scope;
pub mod sessions;
pub mod steps;
pub mod substitutes;
pub mod tries;
pub mod work;
