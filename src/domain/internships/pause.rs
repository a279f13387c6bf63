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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{book, day, pause};

    #[test]
    fn an_open_pause_is_waited_for_four_weeks_and_a_closed_one_until_its_last_day() {
        let figures = book().on(day("2024-01-01"));
        for (to, last) in [(None, "2024-02-28"), (Some("2024-02-01"), "2024-02-01"), (Some("2024-04-30"), "2024-04-30")] {
            let waited = pause("illness", "2024-02-01", to).waited_for(figures);
            assert_eq!((waited.first, waited.last), (day("2024-02-01"), day(last)), "{to:?}");
        }
    }

    #[test]
    fn up_to_a_day_a_pause_has_the_days_that_are_over() {
        for (to, day_asked, last) in [
            (None, "2024-01-31", None),
            (None, "2024-02-01", Some("2024-02-01")),
            (None, "2024-12-31", Some("2024-12-31")),
            (Some("2024-02-29"), "2024-02-10", Some("2024-02-10")),
            (Some("2024-02-29"), "2024-03-10", Some("2024-02-29")),
        ] {
            let until = pause("holiday", "2024-02-01", to).until(day(day_asked));
            assert_eq!(until, last.and_then(|last| Period::new(day("2024-02-01"), day(last))), "{to:?} {day_asked}");
        }
    }
}
