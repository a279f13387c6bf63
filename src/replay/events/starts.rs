//! A start with its papers, and confirmations.

use crate::{
    actions::{
        ActionError,
        internships::{case::case, confirming, starting},
    },
    context::Seen,
    domain::{
        internships::alignment::Party,
        values::{day::At, localized::localized, text::Prose},
    },
    replay::{format::StartEvent, implied, stage::Stage, words::prose},
    store::Tx,
};

/// What a start says is recorded that day, before the gate is asked.
///
/// # Errors
/// Those of the actions.
pub fn record_papers(tx: &mut Tx, scene: &Stage, at: At, start: &StartEvent) -> Result<(), ActionError> {
    let id = scene.internship(&start.internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    if internship.started_on.is_some() || internship.ended.is_some() || internship.cancelled_on.is_some() {
        return Ok(()); // the start itself says so
    }
    implied::accommodate(tx, scene, at, id, &start.accommodations)?;
    implied::confirm(tx, scene, at, id, &start.confirmed_by.or(|| Party::ALL.to_vec()).unwrap_or_default())?;
    implied::name_contact(tx, scene, at, id, &start.contact_person)?;
    implied::state(tx, scene, at, id, &start.representative)?;
    implied::decide(tx, scene, at, id, &start.decision_reasons)
}

/// The start itself, on this day.
///
/// # Errors
/// Those of the action.
pub fn begin(tx: &mut Tx, scene: &Stage, at: At, internship: &str) -> Result<(), ActionError> {
    let id = scene.internship(internship)?;
    starting::start(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &starting::Start { first_day: None })
}

/// Whoever has confirmed already and objected since takes the objection back.
pub(super) fn confirm(tx: &mut Tx, scene: &Stage, at: At, internship: &str, by: Party) -> Result<(), ActionError> {
    let id = scene.internship(internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let newest = internship.newest();
    if newest.confirmed_by(by) {
        if newest.open_objections().any(|objection| objection.party == by) {
            return confirming::withdraw(tx, &scene.context(&scene.consultant, at), id, by);
        }
        return Err(ActionError::Conflict(
            "already-confirmed",
            localized("Aftalen er allerede bekræftet.", "It is confirmed already."),
        ));
    }
    implied::confirm(tx, scene, at, id, &[by])
}

pub(super) fn object(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    internship: &str,
    by: Party,
    text: Option<&Prose>,
) -> Result<(), ActionError> {
    let words = text.cloned().map_or_else(|| prose("Det er ikke det, vi har aftalt."), Ok)?;
    confirming::object(tx, &scene.context(&scene.consultant, at), scene.internship(internship)?, by, &words)
}
