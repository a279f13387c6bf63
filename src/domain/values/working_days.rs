//! Working days: Monday to Friday but for the Danish public holidays, 24 and 31 December.
//!
//! What is counted *before* a date are calendar days, moved to the working day before; what is counted *after* a date are working
//! days. Written here because the calendars on crates.io are those of banks (they add the day after Ascension Day) or end with the
//! year of their data. Sources: Act on Public Holidays; Great Prayer Day is a working day since 2024 (Act 214/2023). 5 June is a day
//! on which municipalities are at work until noon at most, and counts as a holiday.

use crate::domain::values::day::{Period, plus};
use chrono::{Datelike, NaiveDate, Weekday};

/// The last year in which Great Prayer Day (the fourth Friday after Easter) was a holiday.
const LAST_GREAT_PRAYER_DAY: i32 = 2023;

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (century, of_century) = (year / 100, year % 100);
    let golden = year % 19;
    let correction = (century + 8) / 25;
    let moon = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

fn is_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (6, 5) | (12, 24..=26 | 31));
    let moving = easter(day.year()).is_some_and(|easter| match (day - easter).num_days() {
        // Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday.
        -3 | -2 | 0 | 1 | 39 | 49 | 50 => true,
        26 => day.year() <= LAST_GREAT_PRAYER_DAY,
        _ => false,
    });
    fixed || moving
}

/// Whether people are at work on a day.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// The day itself where people are at work, else the last working day before it.
pub fn working_day_until(day: NaiveDate) -> NaiveDate {
    let mut found = day;
    while !is_working_day(found)
        && let Some(before) = found.pred_opt()
    {
        found = before;
    }
    found
}

/// The day itself where people are at work, else the first working day after it.
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    let mut found = day;
    while !is_working_day(found)
        && let Some(after) = found.succ_opt()
    {
        found = after;
    }
    found
}

fn in_any(day: NaiveDate, periods: &[Period]) -> bool {
    periods.iter().any(|period| period.holds(day))
}

/// So many working days after a day; with none, the day itself.
pub fn plus_working_days(day: NaiveDate, count: i64) -> NaiveDate {
    plus_working_days_but(day, count, &[])
}

/// The same for what waits for somebody who is away on some days: those do not count.
pub fn plus_working_days_but(day: NaiveDate, count: i64, away: &[Period]) -> NaiveDate {
    later(day, count, |day| is_working_day(day) && !in_any(day, away))
}

/// So many calendar days after a day, without those on which somebody is away.
pub fn plus_days_but(day: NaiveDate, count: i64, away: &[Period]) -> NaiveDate {
    later(day, count, |day| !in_any(day, away))
}

fn later(day: NaiveDate, count: i64, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let next = |day: NaiveDate| day.iter_days().skip(1).find(|day| counts(*day)).unwrap_or(day);
    (0..count).fold(day, |day, _| next(day))
}

/// The day itself, unless somebody is away on it: then the first working day after.
pub fn working_day_after(day: NaiveDate, away: &[Period]) -> NaiveDate {
    if in_any(day, away) { plus_working_days_but(day, 1, away) } else { day }
}

/// A step of a ladder beside a date: days before it (negative) are calendar days, moved to the working day before; days after it
/// are working days; none is the date itself, working day or not.
pub fn beside(date: NaiveDate, days: i64) -> NaiveDate {
    beside_but(date, days, &[])
}

/// The same for what waits for somebody: days after the date on which that somebody is away do not count.
pub fn beside_but(date: NaiveDate, days: i64, away: &[Period]) -> NaiveDate {
    if days < 0 { working_day_until(plus(date, days)) } else { plus_working_days_but(date, days, away) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn public_holidays_are_those_of_the_calendar() {
        // Among them the earliest and the latest of our time, and years in which the algorithm corrects its last step.
        for (year, sunday) in [
            (1900, "1900-04-15"),
            (1954, "1954-04-18"),
            (1981, "1981-04-19"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
            (2106, "2106-04-18"),
        ] {
            assert_eq!(easter(year), Some(day(sunday)));
        }
        for holiday in [
            "2024-01-01",
            "2024-03-28",
            "2024-03-29",
            "2024-04-01",
            "2024-05-09",
            "2024-05-20",
            "2024-06-05",
            "2024-12-24",
            "2024-12-25",
            "2024-12-26",
            "2024-12-31",
            "2023-05-05",
        ] {
            assert!(!is_working_day(day(holiday)), "{holiday}");
        }
        for working in ["2024-03-27", "2024-04-26", "2024-05-10", "2024-12-23", "2024-12-27", "2024-12-30", "2025-05-16"] {
            assert!(is_working_day(day(working)), "{working}");
        }
        assert!(!is_working_day(day("2024-12-28")) && !is_working_day(day("2024-12-29")));
    }

    #[test]
    fn days_before_a_date_move_back_and_days_after_it_are_working_days() {
        for (date, days, expected) in [
            // Fourteen days before a Sunday.
            ("2024-04-28", -14, "2024-04-12"),
            ("2024-03-18", -14, "2024-03-04"),
            ("2024-04-28", 0, "2024-04-28"),
            // Between Christmas and New Year: 27 and 30 December, 2 January.
            ("2024-12-23", 3, "2025-01-02"),
            ("2024-12-23", 1, "2024-12-27"),
            // Over Easter.
            ("2024-03-27", 1, "2024-04-02"),
            ("2024-04-06", 1, "2024-04-08"),
        ] {
            assert_eq!(beside(day(date), days), day(expected), "{date} {days}");
        }
    }

    #[test]
    fn what_waits_for_somebody_who_is_away_waits_until_the_working_day_after() {
        let period = |first, last| Period::new(day(first), day(last)).unwrap();
        let away = [period("2024-07-08", "2024-07-26"), period("2024-07-29", "2024-07-29")];
        for (on, expected) in [
            ("2024-07-07", "2024-07-07"),
            ("2024-07-08", "2024-07-30"),
            ("2024-07-26", "2024-07-30"),
            // A Saturday on which nobody is away.
            ("2024-07-27", "2024-07-27"),
            ("2024-07-30", "2024-07-30"),
        ] {
            assert_eq!(working_day_after(day(on), &away), day(expected), "{on}");
        }
        for (on, count, expected) in [
            ("2024-07-04", 1, "2024-07-05"),
            ("2024-07-04", 2, "2024-07-30"),
            ("2024-07-10", 0, "2024-07-10"),
            ("2024-07-10", 3, "2024-08-01"),
        ] {
            assert_eq!(beside_but(day(on), count, &away), day(expected), "{on} {count}");
        }
        assert_eq!(beside_but(day("2024-07-15"), -3, &away), day("2024-07-12"), "before a date nobody is waited for");
        assert_eq!(plus_days_but(day("2024-07-06"), 7, &away), day("2024-08-02"));
    }
}
