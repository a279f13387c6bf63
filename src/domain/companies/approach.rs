//! An approach: somebody here turns to a company, in which way, invited or not.

use crate::domain::companies::workplace::month_of;
use chrono::{Months, NaiveDate};

crate::code_enum! {
    /// How a company was turned to.
    pub enum ApproachVia {
        Telephone = "telephone" ("telefon", "telephone"),
        Visit = "visit" ("besøg", "visit"),
        EMail = "e-mail" ("e-mail", "e-mail"),
        Letter = "letter" ("brev", "letter"),
        Meeting = "meeting" ("møde", "meeting"),
    }
}

impl ApproachVia {
    /// Whether it is written.
    pub fn is_written(self) -> bool {
        matches!(self, Self::EMail | Self::Letter)
    }
}

/// An approach, with what the rules need to know of the company.
#[derive(Clone, Copy, Debug)]
pub struct Approach {
    pub via: ApproachVia,
    /// The company had asked for it.
    pub invited: bool,
    pub made_on: NaiveDate,
    /// The company is protected against advertising.
    pub protected: bool,
    /// Uninvited approaches to the company in the same month, without this one.
    pub before: i64,
    /// The company's own limit.
    pub at_most: Option<i64>,
}

/// The first day of the month after.
pub fn next_month(day: NaiveDate) -> NaiveDate {
    let first = month_of(day);
    first.checked_add_months(Months::new(1)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn december_is_followed_by_january() {
        assert_eq!(next_month(day("2024-12-31")), day("2025-01-01"));
        assert_eq!(next_month(day("2024-01-31")), day("2024-02-01"));
    }
}
