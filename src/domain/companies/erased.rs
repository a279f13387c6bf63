//! What is left of the internships at a workplace of people who were erased: how many there were, how long, and what became of them, summed up.
//! A company's record stays what it was (S8); nothing in it is about one person.

use crate::domain::internships::outcome::OutcomeStep;

/// See the module. Counted as [`workplace_record`](super::workplace_record) counts those that are still there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasedStays {
    /// Ended; without those that the citizen broke off.
    pub ended: i64,
    pub led_to_hire: i64,
    pub broken_off: i64,
    pub days: i64,
    pub extensions: i64,
    pub decided_in_time: i64,
    pub decided_late: i64,
    pub undecided: i64,
    /// Hires by kind.
    pub hires: Vec<(OutcomeStep, i64)>,
}
