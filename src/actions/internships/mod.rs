//! What happens to an internship, from its booking to the check that the job lasts.

pub mod accommodations;
pub mod answers;
pub mod approvals;
pub mod booking;
pub mod cancelling;
pub mod case;
pub mod changing;
pub mod confirming;
pub mod ending;
pub mod extension;
pub mod follow_ups;
pub mod follow_ups_ahead;
pub mod inviting;
pub mod links;
mod listed;
pub mod meeting;
pub mod papers;
pub mod pauses;
pub mod questions;
pub mod reasons;
pub mod registration;
pub mod retention;
pub mod save;
pub mod starting;
pub mod statement;
pub mod withdrawing;
mod word;
