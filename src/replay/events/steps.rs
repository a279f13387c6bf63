//! What somebody went on to.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::case,
            ending::{self, End, LaterStep},
        },
    },
    context::Seen,
    domain::{
        internships::outcome::OutcomeStep,
        values::{
            day::{At, plus},
            ids::{InternshipId, WorkplaceId},
            localized::localized,
        },
    },
    replay::{
        format::{EndEvent, GivenNextStep},
        implied,
        stage::Stage,
    },
    store::Tx,
};

/// Where somebody went on to: the day after and the hours of the internship, unless said; at the workplace, unless an
/// employer is named.
fn next_step(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    from: Option<&InternshipId>,
    kind: OutcomeStep,
    step: &GivenNextStep,
) -> Result<LaterStep, ActionError> {
    let full_time = implied::full_time();
    let usual = match from {
        Some(id) if kind != OutcomeStep::OrdinaryFullTime => {
            let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
            internship.standing().terms.hours.steps().last().map_or(full_time, |step| step.weekly_hours)
        }
        _ => full_time,
    };
    let hours = step.weekly_hours.or_else(|| (kind != OutcomeStep::Education).then_some(usual));
    let place: Option<WorkplaceId> =
        step.employer.as_ref().and_then(|name| scene.may_place(name.as_str())).map(|place| place.workplace.clone());
    let Some(first_day) = step.first_day.or(|| plus(at.today, 1)) else {
        return Err(ActionError::Conflict("first-day", localized("Der mangler en første dag.", "The first day is missing.")));
    };
    let employer = step.employer.clone().filter(|_| place.is_none());
    Ok(LaterStep { outcome: kind, first_day, weekly_hours: hours, until: step.until, workplace: place, employer })
}

/// An internship ends, with what the citizen went on to.
pub(super) fn end(tx: &mut Tx, scene: &Stage, at: At, wish: &EndEvent) -> Result<(), ActionError> {
    let id = scene.internship(&wish.internship)?;
    let step = wish.outcome.step().map(|kind| next_step(tx, scene, at, Some(id), kind, &wish.step)).transpose()?;
    let end = End {
        outcome: wish.outcome,
        last_day: wish.last_day,
        by: wish.by,
        note: wish.note.clone(),
        hearing: None,
        first_day: step.as_ref().map(|step| step.first_day),
        weekly_hours: step.as_ref().and_then(|step| step.weekly_hours),
        until: step.as_ref().and_then(|step| step.until),
        workplace: step.as_ref().and_then(|step| step.workplace.clone()),
        employer: step.and_then(|step| step.employer),
    };
    ending::end(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &end)
}

/// A step that comes of an internship later.
pub(super) fn later_step(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    of: &str,
    outcome: OutcomeStep,
    step: &GivenNextStep,
) -> Result<(), ActionError> {
    let id = scene.internship(of)?;
    let step = next_step(tx, scene, at, Some(id), outcome, step)?;
    ending::later_step(tx, &scene.context(&scene.consultant, at), id, &step)?;
    Ok(())
}

/// A job that comes of no internship.
pub(super) fn found_elsewhere(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    outcome: Option<OutcomeStep>,
    step: &GivenNextStep,
) -> Result<(), ActionError> {
    let step = next_step(tx, scene, at, None, outcome.unwrap_or(OutcomeStep::OrdinaryFullTime), step)?;
    ending::found_elsewhere(tx, &scene.context(&scene.consultant, at), &scene.citizen, &step)?;
    Ok(())
}
