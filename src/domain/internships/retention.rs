//! The check that a job holds (S19).

use crate::domain::{internships::follow_up::AccommodationKept, values::text::Prose};
use chrono::NaiveDate;

crate::input! {
    /// A check that a job holds.
    pub struct NewRetentionCheck {
        /// Today or before; left out: today.
        pub held_on: Option<NaiveDate>,
        pub holds: bool,
        /// Where it does not: the last day of the job.
        pub last_day: Option<NaiveDate>,
        /// Whether the accommodations carried over are kept, item by item.
        pub accommodations: Option<Vec<AccommodationKept>>,
        pub note: Option<Prose>,
    }
}
