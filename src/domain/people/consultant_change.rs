//! A change of consultant, and its handover (S9).

use crate::domain::values::ids::{AccountId, ConsultantChangeId};
use chrono::NaiveDate;

/// A change of the responsible consultant.
#[derive(Clone, Debug)]
pub struct ConsultantChange {
    pub id: ConsultantChangeId,
    pub from: AccountId,
    pub to: AccountId,
    pub on: NaiveDate,
    /// The day on which a handover was written.
    pub handed_over_on: Option<NaiveDate>,
    /// The day on which the new consultant confirmed having read it.
    pub read_on: Option<NaiveDate>,
    /// Marked as wished for by the citizen.
    pub wished_by_citizen: bool,
}
