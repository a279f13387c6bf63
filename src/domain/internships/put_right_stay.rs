//! A start or an end that was registered in error, for whoever asks what was believed on a former day: the internship itself keeps only
//! what counts.

use crate::domain::{internships::internship::Ended, values::ids::InternshipId};
use chrono::NaiveDate;

/// One of them, from the record of corrections.
#[derive(Clone, Debug)]
pub struct PutRightStay {
    pub internship: InternshipId,
    pub what: StayRecord,
    /// The day on which it was put right.
    pub since: NaiveDate,
}

#[derive(Clone, Debug)]
pub enum StayRecord {
    Start { started_on: NaiveDate, recorded_on: NaiveDate },
    End(Ended),
}

impl PutRightStay {
    pub fn recorded_on(&self) -> NaiveDate {
        match &self.what {
            StayRecord::Start { recorded_on, .. } => *recorded_on,
            StayRecord::End(ended) => ended.recorded_on,
        }
    }

    /// Whether it was believed at the end of a day.
    pub fn was_believed_on(&self, day: NaiveDate) -> bool {
        self.recorded_on() <= day && day < self.since
    }
}
