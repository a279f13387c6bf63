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
