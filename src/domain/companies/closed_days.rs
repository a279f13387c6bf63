//! Days on which a workplace is closed: a summer, the days between holidays. They are no working days for what waits for the company.

use crate::domain::values::day::Period;
use chrono::NaiveDate;

/// Days on which a workplace is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedDays {
    pub days: Period,
    pub recorded_on: NaiveDate,
}
