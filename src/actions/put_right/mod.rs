//! What was written down wrongly is put right: registered in error, with reasons. The wrong one stays visible and counts nowhere,
//! flags and letters follow, and those who had been told are told.

mod allowed;
pub mod answers;
pub mod bookings;
pub mod follow_ups;
mod left_out;
pub mod merging;
pub mod outcomes;
pub mod pauses;
pub mod persons;
pub mod recording;
pub mod stays;
