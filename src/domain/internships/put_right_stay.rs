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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{internships::internship::Ending, testing::day};

    #[test]
    fn a_start_or_an_end_was_believed_from_the_day_of_its_record_until_it_was_put_right() {
        let (recorded_on, since) = (day("2024-02-05"), day("2024-02-29"));
        let ended = Ended { last_day: day("2024-02-02"), how: Ending::NoJob, by: None, note: None, recorded_on };
        for what in [StayRecord::Start { started_on: day("2024-02-01"), recorded_on }, StayRecord::End(ended)] {
            let undone = PutRightStay { internship: InternshipId::stored("a"), what, since };
            assert_eq!(undone.recorded_on(), recorded_on);
            for (on, believed) in [
                ("2024-02-04", false),
                ("2024-02-05", true),
                ("2024-02-06", true),
                ("2024-02-28", true),
                ("2024-02-29", false),
                ("2024-03-01", false),
            ] {
                assert_eq!(undone.was_believed_on(day(on)), believed, "{undone:?} {on}");
            }
        }
    }
}
