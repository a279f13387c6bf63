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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

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
}
