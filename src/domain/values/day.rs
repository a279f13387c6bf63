//! Days. A day is a date in Europe/Copenhagen, an end is inclusive, a week is seven days, and
//! *N months back* is the same day number or the month's last. Nothing here reads a clock.

use crate::domain::input::{Fault, Faults, Field, Pointer};
use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The moment something is decided: read once per request or tick, handed down, never asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Whole seconds, UTC.
    pub instant: DateTime<Utc>,
    /// The date in Copenhagen at that instant.
    pub today: NaiveDate,
}

/// From the first day to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Period {
    pub first: NaiveDate,
    /// Inclusive.
    pub last: NaiveDate,
}

impl Period {
    /// A period of at least one day, or nothing.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// How many days, both ends included.
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    pub fn holds(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// The days that both have.
    pub fn shared(&self, other: &Period) -> Option<Period> {
        Period::new(self.first.max(other.first), self.last.min(other.last))
    }
}

/// The day `days` after (before, where negative).
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let away = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(away) } else { day.checked_add_days(away) };
    moved.unwrap_or(day)
}

/// The same day number `months` earlier, or that month's last day.
pub fn months_back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

/// The days of several periods, each day counted once, in order.
fn merged(periods: &[Period]) -> Vec<Period> {
    let mut sorted = periods.to_vec();
    sorted.sort_by_key(|period| period.first);
    let mut out: Vec<Period> = Vec::new();
    for period in sorted {
        match out.last_mut() {
            Some(last) if period.first <= plus(last.last, 1) => last.last = last.last.max(period.last),
            _ => out.push(period),
        }
    }
    out
}

/// How many different days the periods have together.
pub fn days_in(periods: &[Period]) -> i64 {
    merged(periods).iter().map(Period::days).sum()
}

/// The date of the `n`th of those days, where there are so many.
pub fn nth_day(periods: &[Period], n: i64) -> Option<NaiveDate> {
    let mut left = n;
    for period in merged(periods) {
        if left <= period.days() {
            return (left >= 1).then(|| plus(period.first, left - 1));
        }
        left -= period.days();
    }
    None
}

/// A date as people in Denmark write it.
pub fn danish(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

impl Field for NaiveDate {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        let day = if text.len() == 10 { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None };
        day.filter(|day| ("1900".."2200").contains(&day.format("%Y").to_string().as_str())).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "date",
                    "en dato i årene 1900–2199 skrevet 2026-08-31",
                    "a date in the years 1900–2199 written 2026-08-31",
                ),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn thirteen_weeks_are_ninety_one_days_with_both_ends() {
        assert_eq!(Period::new(day("2013-10-14"), day("2014-01-12")).unwrap().days(), 91);
        assert_eq!(Period::new(day("2024-02-28"), day("2024-03-01")).unwrap().days(), 3);
        assert_eq!(Period::new(day("2024-03-01"), day("2024-02-29")), None);
    }

    #[test]
    fn a_day_in_two_periods_counts_once_and_gaps_do_not_count() {
        let periods = [
            Period::new(day("2024-01-08"), day("2024-01-10")).unwrap(),
            Period::new(day("2024-01-01"), day("2024-01-03")).unwrap(),
            Period::new(day("2024-01-03"), day("2024-01-04")).unwrap(),
        ];
        assert_eq!(days_in(&periods), 7);
        assert_eq!(nth_day(&periods, 4), Some(day("2024-01-04")));
        assert_eq!(nth_day(&periods, 5), Some(day("2024-01-08")));
        assert_eq!(nth_day(&periods, 8), None);
        assert_eq!(nth_day(&periods, 0), None);
    }

    #[test]
    fn months_back_end_on_the_months_last_day() {
        assert_eq!(months_back(day("2024-02-29"), 24), day("2022-02-28"));
        assert_eq!(months_back(day("2024-03-31"), 1), day("2024-02-29"));
    }
}
