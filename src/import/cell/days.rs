//! Days and months.

use crate::{
    domain::input::Fault,
    import::cell::value::{Cell, Read, plain, righted},
};
use chrono::{Datelike, NaiveDate};

pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The day before which spreadsheets count no days, for dates that lost their format.
const EXCEL_BEGINS: (i32, u32, u32) = (1899, 12, 30);

/// # Errors
/// No date; a year of two digits.
pub fn day(cell: &Cell) -> Read<NaiveDate> {
    let fault = || {
        Fault::new(
            "date",
            "Ikke en dato: skriv 31-08-2026 (dag, måned, år med fire cifre) eller 2026-08-31.",
            "No date: write 31-08-2026 (day, month, year of four digits) or 2026-08-31.",
        )
    };
    let (found, lost) = match cell {
        Cell::Day(day) => (Some(*day), false),
        Cell::Number(number) if (20_000.0..80_000.0).contains(number) => {
            let (year, month, day) = EXCEL_BEGINS;
            let days = format!("{:.0}", number.trunc()).parse().ok().map(chrono::Days::new);
            (NaiveDate::from_ymd_opt(year, month, day).zip(days).and_then(|(begin, days)| begin.checked_add_days(days)), true)
        }
        other => {
            let text = other.text();
            (date(text.split_once(['T', ' ']).map_or(text.as_str(), |(day, _)| day)), false)
        }
    };
    let found = found.filter(|day| (1500..2200).contains(&day.year()));
    let text = found.map(|day| day.to_string()).unwrap_or_default();
    righted(found, lost, text, fault)
}

/// The first day of a month: `2026-08`, `08-2026`, `2026M08`, or any day in it.
///
/// # Errors
/// No month.
pub fn month(cell: &Cell) -> Read<NaiveDate> {
    let found = match cell {
        Cell::Day(day) => day.with_day(1),
        other => month_of(&other.text()).or_else(|| date(&other.text()).and_then(|day| day.with_day(1))),
    };
    match found {
        Some(month) => plain(month),
        None => Err(Fault::not("month", "en måned, fx 2026-08 eller 08-2026", "a month, for instance 2026-08 or 08-2026")),
    }
}

/// A month in a text of digits and separators.
pub fn month_of(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month) = match parts.as_slice() {
        [year, month] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        [month, year] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        [whole] if whole.len() == 6 => match whole.split_at(4) {
            (year, month) if (1900..2200).contains(&year.parse().unwrap_or(0)) && month <= "12" => (year, month),
            _ => (whole.get(2..)?, whole.get(..2)?),
        },
        _ => return None,
    };
    let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cell::{
        testing::{all, read},
        value::Cell,
    };

    #[test]
    fn dates_are_danish_or_iso_and_never_guessed() {
        all(
            day,
            NaiveDate::to_string,
            &[
                ("31-08-2026", "2026-08-31"),
                ("31/8/2026", "2026-08-31"),
                ("31.08.2026", "2026-08-31"),
                ("2026-08-31", "2026-08-31"),
                ("2026-08-31T00:00:00", "2026-08-31"),
                ("31-08-2026 00:00", "2026-08-31"),
                ("08/31/2026", "date"),
                ("31-08-26", "date"),
                ("30-02-2026", "date"),
                ("i dag", "date"),
            ],
        );
        assert_eq!(read(day, NaiveDate::to_string, &Cell::Number(46265.0)), "2026-08-31*");
        all(
            month,
            NaiveDate::to_string,
            &[
                ("2026-08", "2026-08-01"),
                ("08-2026", "2026-08-01"),
                ("8/2026", "2026-08-01"),
                ("2026M08", "2026-08-01"),
                ("202608", "2026-08-01"),
                ("082026", "2026-08-01"),
                ("15-08-2026", "2026-08-01"),
                ("13-2026", "month"),
                ("august", "month"),
            ],
        );
    }
}
