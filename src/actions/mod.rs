//! What a person or the clock can make happen: load, decide (domain), save, queue letters, all in one transaction.
//!
//! Promise: an action is the only way anything changes, whether the API, a link in a letter, a course file or the
//! schedule asks for it; when it stops, nothing of it has happened.

pub mod calendar;
pub mod companies;
pub mod error;
pub mod flags;
pub mod idempotency;
pub mod internships;
pub mod letters;
pub mod patching;
pub mod people;
pub mod put_right;
pub mod terms;

pub use crate::store::{Conn, Tx};
pub use error::ActionError;
