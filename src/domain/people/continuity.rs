//! Continuity (S9, S17, S20): the citizen's story and wishes are in one place; a change of consultant needs a handover, which the
//! new one confirms having read. The harm is not the change but the lost knowledge.

use crate::domain::{
    internships::course::Course,
    values::{day::Period, ids::AccountId},
};
use chrono::NaiveDate;

crate::code_enum! {
    /// What the citizen's story holds besides what the system records by itself.
    pub enum StoryKind {
        Wish = "wish" ("ønske", "wish"),
        Story = "story" ("historie", "story"),
        Offer = "offer" ("tilbud", "offer"),
        TurningPoint = "turning-point" ("vendepunkt", "turning point"),
        Mentor = "mentor" ("mentor", "mentor"),
    }
}

/// Who was responsible when, first to last; the last period is open. On the day of a change the new consultant is responsible.
pub fn tenures(course: &Course) -> Vec<(AccountId, NaiveDate, Option<NaiveDate>)> {
    let first = course.changes.first().map_or(&course.citizen.consultant, |change| &change.from);
    let began = course.citizen.registered_on.unwrap_or(NaiveDate::MIN);
    let mut found = Vec::new();
    let (mut who, mut since) = (first.clone(), began);
    for change in &course.changes {
        if let Some(last) = change.on.pred_opt().filter(|last| *last >= since) {
            found.push((who, since, Some(last)));
        }
        (who, since) = (change.to.clone(), change.on);
    }
    found.push((who, since, None));
    found
}

/// The different consultants within a window, by the days on which they were responsible. Whoever came because the citizen wished
/// for it counts as the one before.
pub fn consultants_within(course: &Course, window: Period) -> Vec<AccountId> {
    let mut found: Vec<AccountId> = Vec::new();
    let mut counted_as: Option<AccountId> = None;
    for (who, since, last) in tenures(course) {
        let wished = course.changes.iter().any(|change| change.wished_by_citizen && change.to == who && change.on == since);
        let counted = counted_as.take().filter(|_| wished).unwrap_or(who);
        if since <= window.last && last.is_none_or(|last| last >= window.first) {
            found.push(counted.clone());
        }
        counted_as = Some(counted);
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{change_consultant, course, day};

    /// Who was responsible from when to when; `…` where it is open.
    fn told(course: &Course) -> Vec<String> {
        let last = |day: Option<NaiveDate>| day.map_or("…".to_owned(), |day| day.to_string());
        tenures(course).into_iter().map(|(who, since, until)| format!("{who} {since} {}", last(until))).collect()
    }

    #[test]
    fn each_is_responsible_until_the_day_before_the_next() {
        let mut course = course();
        course.citizen.registered_on = Some(day("2024-01-02"));
        assert_eq!(told(&course), ["consultant 2024-01-02 …"]);
        change_consultant(&mut course, "2024-03-01", "ida", "bo");
        change_consultant(&mut course, "2024-04-08", "bo", "eva");
        let three = ["ida 2024-01-02 2024-02-29", "bo 2024-03-01 2024-04-07", "eva 2024-04-08 …"];
        assert_eq!(told(&course), three);
        // Two changes on one day, and one on the day of registration: nobody was responsible for no day.
        change_consultant(&mut course, "2024-04-08", "eva", "ole");
        assert_eq!(told(&course)[2..], ["ole 2024-04-08 …"]);
        course.citizen.registered_on = Some(day("2024-03-01"));
        assert_eq!(told(&course)[0], "bo 2024-03-01 2024-04-07");
        // One day is a day.
        course.citizen.registered_on = Some(day("2024-02-29"));
        assert_eq!(told(&course)[0], "ida 2024-02-29 2024-02-29");
    }

    #[test]
    fn those_count_who_were_responsible_on_a_day_of_the_window_and_one_wished_for_counts_as_the_one_before() {
        let mut course = course();
        course.citizen.registered_on = Some(day("2024-01-02"));
        change_consultant(&mut course, "2024-03-01", "ida", "bo");
        change_consultant(&mut course, "2024-04-08", "bo", "eva");
        change_consultant(&mut course, "2024-05-01", "eva", "ida");
        let within = |course: &Course, first: &str, last: &str| {
            let window = Period::new(day(first), day(last)).unwrap();
            consultants_within(course, window).iter().map(|who| who.as_str().to_owned()).collect::<Vec<_>>().join(" ")
        };
        for (first, last, expected) in [
            ("2024-01-01", "2024-12-31", "bo eva ida"),
            ("2024-02-29", "2024-02-29", "ida"),
            ("2024-03-01", "2024-04-07", "bo"),
            ("2024-02-29", "2024-04-08", "bo eva ida"),
            ("2023-12-01", "2024-01-01", ""),
            ("2024-06-01", "2024-06-30", "ida"),
        ] {
            assert_eq!(within(&course, first, last), expected, "{first} to {last}");
        }
        course.changes[1].wished_by_citizen = true;
        assert_eq!(within(&course, "2024-03-01", "2024-04-30"), "bo", "eva was wished for");
        assert_eq!(within(&course, "2024-01-01", "2024-12-31"), "bo ida");
        // Two wishes in a row count as the first of the three.
        course.changes[0].wished_by_citizen = true;
        assert_eq!(within(&course, "2024-03-01", "2024-04-30"), "ida");
    }
}
