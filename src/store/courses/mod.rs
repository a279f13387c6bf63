//! Loads a citizen's whole course into the domain: the facts that refusals, gate and flags evaluate.

mod load;
mod parts;
mod rows;

pub use load::{internships_of, just_booked, load, needs};
pub use rows::{follow_up, outcome, pause};
