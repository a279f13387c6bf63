//! When and where a citizen is met on the first day of an internship, and whom to ask for. Somebody who knows where to go and whose
//! face to look for comes (S4).
//!
//! Practical, and no part of what is signed: it changes without anybody confirming anything.

use crate::domain::values::{clock_time::ClockTime, text::Line};
use serde::Serialize;

crate::input! {
    /// How the citizen is met on the first day. Leave out what is not known.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Meeting {
        /// The time of day in Copenhagen.
        pub at: Option<ClockTime>,
        /// Where, if not simply at the workplace.
        pub place: Option<Line>,
        /// Whom to ask for.
        pub ask_for: Option<Line>,
    }
}

impl Meeting {
    /// Nothing where nothing of it is known.
    pub fn or_none(self) -> Option<Self> {
        (self.at.is_some() || self.place.is_some() || self.ask_for.is_some()).then_some(self)
    }
}
