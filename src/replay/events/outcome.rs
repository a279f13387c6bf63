//! What comes of an event beside its being done.

use crate::{
    context::Account,
    domain::{
        internships::alignment::Asked,
        values::ids::{ConsultantChangeId, InternshipId},
    },
};
use chrono::NaiveDate;

/// What came of an event beside its being done.
#[derive(Debug, Default)]
pub struct EventOutcome {
    /// What was booked.
    pub booked: Option<InternshipId>,
    /// The day of its implied start, where that is new.
    pub starts_on: Option<NaiveDate>,
    /// What rules asked, and the reasons that answered them.
    pub asked: Vec<Asked>,
    /// Who is responsible from now on, the change, and the day on which the handover is read.
    pub consultant: Option<(Account, ConsultantChangeId, Option<NaiveDate>)>,
}
