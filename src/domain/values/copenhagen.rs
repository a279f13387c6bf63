//! The hours and days of Europe/Copenhagen, whatever the machine's zone: 22:30 UTC on 30 June is 1 July. Pure: what time it is stands
//! in `clock`.

use crate::domain::values::day::At;
use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;

/// An instant in whole seconds, with its day in Copenhagen.
pub fn at(instant: DateTime<Utc>) -> At {
    let instant = instant.trunc_subsecs(0);
    At { instant, today: instant.with_timezone(&Copenhagen).date_naive() }
}

/// The hour of the day in Copenhagen.
pub fn hour(at: At) -> u32 {
    at.instant.with_timezone(&Copenhagen).hour()
}

/// An hour of a day in Copenhagen as an instant; where clocks jump over it, the first moment after.
pub fn local(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let local = day.and_time(time);
    let found = Copenhagen.from_local_datetime(&local).earliest();
    found.map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_copenhagen_in_summer_and_winter() {
        for (instant, today) in [
            ("2024-06-30T21:59:59Z", "2024-06-30"),
            ("2024-06-30T22:00:00Z", "2024-07-01"),
            ("2024-12-31T22:59:59Z", "2024-12-31"),
            ("2024-12-31T23:00:00Z", "2025-01-01"),
            // The night on which clocks change, both ways.
            ("2024-03-30T23:00:00Z", "2024-03-31"),
            ("2024-03-31T21:59:59Z", "2024-03-31"),
            ("2024-03-31T22:00:00Z", "2024-04-01"),
            ("2024-10-26T22:00:00Z", "2024-10-27"),
            ("2024-10-27T22:59:59Z", "2024-10-27"),
        ] {
            assert_eq!(at(instant.parse().unwrap()).today.to_string(), today, "{instant}");
        }
    }

    #[test]
    fn an_hour_of_the_day_is_the_same_hour_after_clocks_change() {
        for day in ["2024-03-30", "2024-03-31", "2024-04-01", "2024-10-26", "2024-10-27", "2024-10-28"] {
            assert_eq!(hour(at(local(day.parse().unwrap(), 7))), 7, "{day}");
        }
    }
}
