//! What was registered in error: it is shown, and counts nowhere.

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
