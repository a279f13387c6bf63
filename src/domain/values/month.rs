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
