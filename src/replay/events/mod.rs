//! Each event of a file, through the same actions as the API's. What an event is refused leaves nothing, since it is one
//! transaction; only a start is two: its papers are acts of their own, and stay when the gate stays shut.

mod bookings;
mod companies;
mod consultants;
mod flags;
mod follow_ups;
mod leaving;
mod outcome;
mod perform;
mod put_right;
mod starts;
mod steps;

pub use consultants::read_handover;
pub use follow_ups::hold_due;
pub use outcome::EventOutcome;
pub use perform::perform;
pub use starts::{begin, record_papers};
