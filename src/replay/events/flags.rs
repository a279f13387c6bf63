//! Flags that somebody acknowledges or snoozes.

use crate::{
    actions::{
        ActionError,
        flags::handling::{self, Acknowledgement, Snooze},
    },
    context::{Account, Seen},
    domain::{
        rules::flags::Level,
        values::{
            day::{At, plus},
            ids::{FlagId, InternshipId, OutcomeId},
            localized::localized,
            text::Prose,
        },
    },
    replay::{format::FlagEvent, stage::Stage, words::prose},
    store::{Tx, courses, flags},
};
use chrono::NaiveDate;

/// The flag that stands, and who handles it: the consultant, or the team leader for an alarm, unless somebody is named.
fn flag<'s>(tx: &mut Tx, scene: &'s Stage, wish: &FlagEvent) -> Result<(FlagId, &'s Account), ActionError> {
    let course = courses::load(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?.ok_or(ActionError::NotFound)?;
    let outcomes: Vec<(OutcomeId, InternshipId)> =
        course.outcomes.iter().filter_map(|outcome| Some((outcome.id.clone(), outcome.from.clone()?))).collect();
    let subjects = wish.about.as_ref().map(|about| scene.subjects(about, &outcomes));
    let stands = flags::standing(tx, scene.tenant(), &scene.citizen)?
        .into_iter()
        .find(|flag| flag.rule == *wish.flag && subjects.as_ref().is_none_or(|subjects| subjects.contains(&flag.subject)));
    let Some(row) = stands else {
        return Err(ActionError::Conflict("no-flag", localized("Der står ikke et sådant flag.", "No such flag stands.")));
    };
    let by = match wish.by.as_deref() {
        Some("team-leader") => &scene.leader,
        Some("liaison") => &scene.liaison,
        Some(_) => &scene.consultant,
        None if row.level == Level::Alarm => &scene.leader,
        None => &scene.consultant,
    };
    Ok((row.id, by))
}

fn reason_of(wish: &FlagEvent) -> Result<Prose, ActionError> {
    wish.reason.clone().map_or_else(|| prose("Der er taget hånd om det."), Ok)
}

pub(super) fn acknowledge(tx: &mut Tx, scene: &Stage, at: At, wish: &FlagEvent) -> Result<(), ActionError> {
    let (flag, by) = flag(tx, scene, wish)?;
    let acknowledgement = Acknowledgement { reason: reason_of(wish)? };
    handling::acknowledge(tx, &scene.context(by, at), Seen::Newest, &flag, &acknowledgement)
}

/// Snoozes until a day; where none is said, as long as the rulebook allows.
pub(super) fn snooze(tx: &mut Tx, scene: &Stage, at: At, wish: &FlagEvent, until: Option<NaiveDate>) -> Result<(), ActionError> {
    let (flag, by) = flag(tx, scene, wish)?;
    let context = scene.context(by, at);
    let until = until.unwrap_or_else(|| plus(at.today, context.figures().snooze_days_at_most));
    handling::snooze(tx, &context, Seen::Newest, &flag, &Snooze { until, reason: reason_of(wish)? })
}
