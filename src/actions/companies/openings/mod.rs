//! Openings: offered, changed, renewed, closed; and the reminder before one expires (S2).
//!
//! Promise: an opening is where its workplace is, and closes with it. A recruitment is offered only where a job is in sight. The
//! reminder goes to somebody who works here, never to the company: one letter per person and run, each opening once.

mod days;
mod details;
mod follow;
mod offering;
mod reminder;

pub use days::in_force;
pub use details::{OpeningDetails, OpeningPatch};
pub use follow::{follow_company, follow_workplace};
pub use offering::{Closure, Renewal, change, close, offer, renew};
pub use reminder::{remind, still_expires};
