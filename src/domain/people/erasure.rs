//! When the data of a citizen is erased (GDPR art. 5(1)(e), 17(1)(a)): some years after the course was closed and nobody has dealt with it
//! any more. How many is a setting.
//!
//! What must never happen: somebody is erased whose course is open, or whose data may only be kept (art. 18): because a complaint or a case
//! in court needs it, or because the citizen has asked for it. Whoever is forgotten with an open course is not erased but flagged, until
//! somebody closes it.

use chrono::{Months, NaiveDate};

/// What erasing depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retained {
    /// Since when the course is closed; none while it is open.
    pub closed_since: Option<NaiveDate>,
    /// The latest day on which anything happened or was recorded of the citizen, that of closing the course among them.
    pub last_dealt_with: NaiveDate,
    /// Whether the data may only be kept.
    pub is_restricted: bool,
}

/// The latest day of closing of whoever can be erased on a day: who was closed later cannot be. None: nobody was closed so long ago.
pub fn closed_at_latest(on: NaiveDate, years: u32) -> Option<NaiveDate> {
    on.checked_sub_months(months(years))
}

fn months(years: u32) -> Months {
    Months::new(years.saturating_mul(12))
}

impl Retained {
    /// The day from which the citizen is erased; none while there is no such day.
    pub fn erased_from(self, years: u32) -> Option<NaiveDate> {
        let closed = self.closed_since.filter(|_| !self.is_restricted)?;
        closed.max(self.last_dealt_with).checked_add_months(months(years))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn years_are_counted_from_the_last_day_and_not_while_the_course_is_open_or_the_data_kept() {
        let closed = |closed: Option<&str>, dealt: &str, is_restricted| Retained {
            closed_since: closed.map(day),
            last_dealt_with: day(dealt),
            is_restricted,
        };
        for (facts, years, expected) in [
            (closed(Some("2021-03-01"), "2021-03-01", false), 5, Some("2026-03-01")),
            (closed(Some("2021-03-01"), "2021-09-30", false), 5, Some("2026-09-30")),
            (closed(Some("2024-02-29"), "2020-01-01", false), 5, Some("2029-02-28")),
            (closed(None, "2001-03-01", false), 5, None),
            (closed(Some("2001-03-01"), "2001-03-01", true), 5, None),
        ] {
            assert_eq!(facts.erased_from(years), expected.map(day), "{facts:?}");
        }
    }
}
