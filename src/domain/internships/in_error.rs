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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{internships::internship::Ending, testing::day};

    #[test]
    fn what_was_registered_in_error_is_parted_and_believed_until_the_day_before_it_was_put_right() {
        let all =
            [("first", None), ("wrong", Some(day("2024-02-29"))), ("wrong before", Some(day("2024-02-01"))), ("last", None)];
        let names = |wrong: &[InError<&'static str>]| wrong.iter().map(|own| own.what).collect::<Vec<_>>();
        let (counts, wrong) = InError::part(all);
        assert_eq!((counts.as_slice(), names(&wrong).as_slice()), (&["first", "last"][..], &["wrong", "wrong before"][..]));
        for (on, believed, known) in [
            ("2024-01-31", &["first", "last", "wrong", "wrong before"][..], &[][..]),
            ("2024-02-01", &["first", "last", "wrong"], &["wrong before"]),
            ("2024-02-28", &["first", "last", "wrong"], &["wrong before"]),
            ("2024-02-29", &["first", "last"], &["wrong", "wrong before"]),
        ] {
            let (mut counts, mut wrong) = (counts.clone(), wrong.clone());
            InError::believe_on(day(on), &mut counts, &mut wrong);
            assert_eq!((counts.as_slice(), names(&wrong).as_slice()), (believed, known), "{on}");
        }
    }

    #[test]
    fn a_start_or_an_end_was_believed_from_the_day_of_its_record_until_it_was_put_right() {
        let (recorded_on, since) = (day("2024-02-05"), day("2024-02-29"));
        let ended = Ended { last_day: day("2024-02-02"), how: Ending::NoJob, by: None, note: None, recorded_on };
        for what in [UndoneRecord::Start { started_on: day("2024-02-01"), recorded_on }, UndoneRecord::End(ended)] {
            let undone = Undone { internship: InternshipId::stored("a"), what, since };
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
