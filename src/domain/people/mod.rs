//! Citizens, and those who work with them.

pub mod access;
pub mod account;
pub mod advice;
pub mod citizen;
pub mod client;
pub mod consultant_change;
pub mod continuity;
pub mod correction;
pub mod erasure;
pub mod leaving;
pub mod password;
pub mod personal_details;
pub mod profile;
pub mod provider_claims;
pub mod read_log;
pub mod step;
pub mod tenant;
pub mod timeline;
