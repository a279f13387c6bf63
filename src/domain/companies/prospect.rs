//! Prospects of a job at a workplace (S2), and when they have gone: what a running internship rests on.

use chrono::NaiveDate;

/// The days of a prospect that matter here.
#[derive(Clone, Copy, Debug)]
pub struct ProspectDays {
    pub recorded_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
}

/// Since when there has been no prospect of a job at the workplace of an internship that has not ended: somebody said on `said_on`
/// that it has gone, and none has been recorded since; or the last one was withdrawn after the booking; or there never was one and
/// the company foresees no vacancy.
pub fn gone_on(
    said_on: Option<NaiveDate>,
    booked_on: NaiveDate,
    prospects: &[ProspectDays],
    foresees_vacancy: Option<bool>,
) -> Option<NaiveDate> {
    let mut open = prospects.iter().filter(|prospect| prospect.withdrawn_on.is_none()).peekable();
    if let Some(said_on) = said_on {
        return open.all(|prospect| prospect.recorded_on < said_on).then_some(said_on);
    }
    if open.peek().is_some() {
        return None;
    }
    let withdrawn = prospects.iter().filter_map(|prospect| prospect.withdrawn_on).filter(|on| *on >= booked_on).max();
    withdrawn.or_else(|| (foresees_vacancy != Some(true)).then_some(booked_on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn prospect(recorded: &str, withdrawn: Option<&str>) -> ProspectDays {
        ProspectDays { recorded_on: day(recorded), withdrawn_on: withdrawn.map(day) }
    }

    #[test]
    fn a_prospect_is_gone_when_somebody_says_so_or_the_last_is_withdrawn_or_there_is_none() {
        let (open, withdrawn) = (prospect("2024-01-01", None), prospect("2024-01-01", Some("2024-03-01")));
        let (booked, said) = (day("2024-02-01"), Some(day("2024-02-10")));
        for (said_on, prospects, foresees, expected) in [
            (None, vec![open], None, None),
            (None, vec![open, withdrawn], None, None),
            (None, vec![withdrawn], Some(true), Some("2024-03-01")),
            (None, vec![prospect("2023-01-01", Some("2023-06-01"))], None, Some("2024-02-01")),
            (None, vec![prospect("2023-01-01", Some("2023-06-01"))], Some(true), None),
            (None, vec![], Some(true), None),
            (None, vec![], Some(false), Some("2024-02-01")),
            (None, vec![], None, Some("2024-02-01")),
            (said, vec![open], Some(true), Some("2024-02-10")),
            (said, vec![prospect("2024-02-10", None)], None, None),
            (said, vec![prospect("2024-02-11", Some("2024-02-12"))], Some(true), Some("2024-02-10")),
        ] {
            assert_eq!(
                gone_on(said_on, booked, &prospects, foresees),
                expected.map(day),
                "{said_on:?} {prospects:?} {foresees:?}"
            );
        }
    }
}
