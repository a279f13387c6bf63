//! Statements that cross municipalities: the only ones without a tenant. Each says why it may.
//!
//! What they return is either of nobody (counts, days), or carries the tenant of its row, with which everything else is asked for.

pub mod catching_up;
pub mod clock;
pub mod doors;
pub mod every;
pub mod outbox;
pub mod resealing;
pub mod schedule;
pub mod status;
pub mod unsealed;
