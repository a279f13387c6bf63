//! A month as people write it.

use chrono::{Datelike, NaiveDate};
use utoipa::ToSchema;

/// A month, written 2026-08.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", examples("2026-08"))]
pub struct Month(NaiveDate);

impl Month {
    /// From its text, years 1900 to 2199.
    pub fn parse(text: &str) -> Option<Self> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        (text.len() == 7 && (1900..2200).contains(&first.year())).then_some(Self(first))
    }
    pub fn first_day(self) -> NaiveDate {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_year_and_two_digits() {
        for (text, first) in [
            ("2024-02", Some("2024-02-01")),
            ("1900-01", Some("1900-01-01")),
            ("2199-12", Some("2199-12-01")),
            ("1899-12", None),
            ("2200-01", None),
            ("2024-13", None),
            ("2024-2", None),
            ("2024-002", None),
            ("2024-02-01", None),
            ("februar", None),
        ] {
            assert_eq!(Month::parse(text).map(|month| month.first_day().to_string()).as_deref(), first, "{text}");
        }
    }
}
