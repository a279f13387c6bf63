//! What was registered in error: it is shown, and counts nowhere.

use crate::domain::{internships::internship::Ended, values::ids::InternshipId};
use chrono::NaiveDate;

/// Something that was registered in error, and the day on which that was recorded.
#[derive(Clone, Debug)]
pub struct InError<T> {
    pub what: T,
    pub since: NaiveDate,
}

impl<T> InError<T> {
    /// Parts what counts from what does not, each with the day since which it does not.
    pub fn part(all: impl IntoIterator<Item = (T, Option<NaiveDate>)>) -> (Vec<T>, Vec<Self>) {
        let (mut counts, mut wrong) = (Vec::new(), Vec::new());
        for (what, since) in all {
            match since {
                Some(since) => wrong.push(Self { what, since }),
                None => counts.push(what),
            }
        }
        (counts, wrong)
    }

    /// Puts back what was still believed at the end of a day.
    pub fn believe_on(day: NaiveDate, counts: &mut Vec<T>, wrong: &mut Vec<Self>) {
        let (believed, known) = std::mem::take(wrong).into_iter().partition(|own: &Self| own.since > day);
        *wrong = known;
        let believed: Vec<Self> = believed;
        counts.extend(believed.into_iter().map(|own| own.what));
    }
}

/// A start or an end that was registered in error. The internship keeps only what counts, so this comes from the record of corrections.
#[derive(Clone, Debug)]
pub struct Undone {
    pub internship: InternshipId,
    pub what: UndoneRecord,
    /// The day on which it was put right.
    pub since: NaiveDate,
}

#[derive(Clone, Debug)]
pub enum UndoneRecord {
    Start { started_on: NaiveDate, recorded_on: NaiveDate },
    End(Ended),
}

impl Undone {
    pub fn recorded_on(&self) -> NaiveDate {
        match &self.what {
            UndoneRecord::Start { recorded_on, .. } => *recorded_on,
            UndoneRecord::End(ended) => ended.recorded_on,
        }
    }

    /// Whether it was believed at the end of a day.
    pub fn was_believed_on(&self, day: NaiveDate) -> bool {
        self.recorded_on() <= day && day < self.since
    }
}
