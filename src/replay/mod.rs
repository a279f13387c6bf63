//! Replay: plays people's courses from a file, day by day, through the same actions as the API, and compares what the system
//! said. It is a demonstration, an acceptance test, and a way to try a changed rulebook on known courses.
//!
//! Promise: a case has a clock of its own, so that the same file always gives the same diary. An event that is refused leaves
//! nothing but the refusal. Expectations are compared with what is in the database, not with what was meant to be written there.

mod course;
mod diary;
mod error;
mod events;
mod expectations;
mod folder;
mod format;
mod implied;
mod live;
mod phrases;
mod play;
mod played;
mod printed;
mod reading;
mod stage;
mod summary;
#[cfg(test)]
mod tests;
mod together;
mod words;

pub use diary::{DiaryEntry, EntryKind};
pub use error::ReplayError;
pub use expectations::{SentLink, Shortfall};
pub use format::{Case, CourseFile};
pub use live::{LiveMunicipality, play_live};
pub use phrases::{date, either};
pub use play::{play, replay, replay_cases};
pub use played::Played;
pub use printed::{WIDTH, print, print_diary, print_shortfalls, wrapped};
pub use reading::{ReadError, read, read_for};
pub use stage::{Cast, Player};
pub use summary::{Summary, print_summary};
pub use together::{Days, replay_together};
