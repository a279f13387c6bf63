//! A pause of an internship: the citizen is ill or on holiday, or the place is closed. It is agreed and shown to all three, and it is no
//! change of the agreement: the period and its legal days run on. Whatever waits for somebody who is away waits until the day after.
//!
//! What must never happen: an e-mail, a log or a flag says why. Illness is health data, so the kind is encrypted at rest.

use crate::domain::{
    rules::rulebook::Figures,
    values::{
        day::{Period, plus},
        ids::PauseId,
    },
};
use chrono::NaiveDate;

crate::code_enum! {
    /// Why it pauses.
    pub enum PauseKind {
        Illness = "illness" ("sygdom", "illness"),
        Holiday = "holiday" ("ferie", "holiday"),
        /// The place is closed for this internship.
        Closure = "closure" ("stedet holder lukket", "the place is closed"),
    }
}

/// One pause of an internship.
#[derive(Clone, Debug)]
pub struct Pause {
    pub id: PauseId,
    pub kind: PauseKind,
    pub from: NaiveDate,
    /// The last day, inclusive; none while it is open.
    pub to: Option<NaiveDate>,
    /// The day on which the last day was recorded.
    pub to_recorded_on: Option<NaiveDate>,
    pub recorded_on: NaiveDate,
}

impl Pause {
    /// The days for which others wait: an open pause is waited for so many days at most, then somebody asks how long it goes on.
    pub fn waited_for(&self, figures: &Figures) -> Period {
        let [asked_after, _] = figures.pause_open_steps;
        let last = self.to.unwrap_or_else(|| plus(self.from, asked_after - 1));
        Period { first: self.from, last: last.max(self.from) }
    }

    /// The days up to one, as they are known: an open pause goes on.
    pub fn until(&self, day: NaiveDate) -> Option<Period> {
        Period::new(self.from, self.to.unwrap_or(day).min(day))
    }
}
