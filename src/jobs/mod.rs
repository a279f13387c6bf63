//! The background jobs: the schedule, the jobs on it, and the timer that runs it.

mod alarm;
mod bell;
mod clock_put_right;
pub mod delivery;
mod erasing;
mod evaluation;
mod notices;
mod progress;
mod reminders;
mod run;
mod schedule;
mod tidying;
mod trade_counts;

pub use alarm::{Alarm, start};
pub use bell::Bell;
pub use delivery::{Delivered, deliver};
pub use erasing::erase;
pub use progress::{Progress, quiet};
pub use schedule::{Ticked, tick};
