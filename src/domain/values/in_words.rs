//! Days and hours as people read them in a letter or on a page.

use crate::domain::values::{
    clock_time::ClockTime,
    localized::{Localized, localized},
    text::WeeklyHours,
};
use chrono::{Datelike, NaiveDate};

const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// `7. december 2026`.
pub fn day_in_words(day: NaiveDate) -> Localized {
    let month = usize::try_from(day.month0()).ok().and_then(|index| MONTHS.get(index));
    let (da, en) = month.copied().unwrap_or_default();
    localized(format!("{}. {da} {}", day.day(), day.year()), format!("{} {en} {}", day.day(), day.year()))
}

/// `7. december 2026 kl. 14.00`; without a time the day alone.
pub fn moment_in_words(day: NaiveDate, at: Option<&ClockTime>) -> Localized {
    let day = day_in_words(day);
    match at {
        None => day,
        Some(at) => localized(format!("{} kl. {}", day.da, at.as_str().replace(':', ".")), format!("{} at {at}", day.en)),
    }
}

/// `37,5 timer om ugen`.
pub fn hours_in_words(hours: WeeklyHours) -> Localized {
    let number = hours.to_string();
    let (da, en) = if number == "1" { ("time", "hour") } else { ("timer", "hours") };
    localized(format!("{} {da} om ugen", number.replace('.', ",")), format!("{number} {en} a week"))
}

/// `Annas`, `Lars'`: what is somebody's.
pub fn genitive(name: &str) -> Localized {
    let hisses = name.to_lowercase().ends_with(['s', 'x', 'z']);
    let (da, en) = if hisses { ("'", "'") } else { ("s", "'s") };
    localized(format!("{name}{da}"), format!("{name}{en}"))
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn days_and_hours_read_as_they_are_said() {
        assert_eq!(day_in_words(day("2026-12-07")), localized("7. december 2026", "7 December 2026"));
        assert_eq!(day_in_words(day("2026-01-31")).en, "31 January 2026");
        let at = ClockTime::parse("14:30");
        let said = localized("7. december 2026 kl. 14.30", "7 December 2026 at 14:30");
        assert_eq!(moment_in_words(day("2026-12-07"), at.as_ref()), said);
        for (minutes, da, en) in [
            (60, "1 time om ugen", "1 hour a week"),
            (2250, "37,5 timer om ugen", "37.5 hours a week"),
            (600, "10 timer om ugen", "10 hours a week"),
        ] {
            assert_eq!(hours_in_words(WeeklyHours::from_minutes(minutes)), localized(da, en));
        }
    }

    #[test]
    fn a_name_that_ends_with_s_takes_an_apostrophe() {
        assert_eq!(genitive("Anna"), localized("Annas", "Anna's"));
        assert_eq!(genitive("Lars").da, "Lars'");
    }
}
