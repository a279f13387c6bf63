//! A start with its papers, and confirmations.

use crate::{
    actions::{
        ActionError,
        internships::{
            approvals::{self, ApprovalAnswering, ApprovalAsking},
            case::case,
            confirming::{self, Objecting, Withdrawing},
            starting,
        },
    },
    context::Seen,
    domain::{
        internships::{
            alignment::{Party, Via},
            approval::ApprovalOf,
        },
        values::{day::At, localized::localized, text::Prose},
    },
    replay::{format::StartEvent, implied, stage::Stage, words::prose},
    store::Tx,
};
use chrono::NaiveDate;

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

/// The start itself, on this day or on an earlier one. Where it needs an approval and the file says why it is recorded so, the team
/// leader gives it.
///
/// # Errors
/// Those of the actions.
pub fn begin(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    internship: &str,
    first_day: Option<NaiveDate>,
    late_reason: Option<&Prose>,
) -> Result<(), ActionError> {
    let id = scene.internship(internship)?;
    let context = scene.context(&scene.consultant, at);
    let start = starting::Start { first_day, reasons: late_reason.cloned() };
    match (starting::start(tx, &context, Seen::Newest, id, &start), late_reason) {
        (Err(ActionError::Refused(_)), Some(reasons)) => {
            let day = first_day.unwrap_or(at.today);
            let asking = ApprovalAsking { what: ApprovalOf::EarlyStart, day, reasons: reasons.clone() };
            let request = approvals::ask(tx, &context, id, &asking)?;
            let answering = ApprovalAnswering { granted: true, reasons: reasons.clone() };
            approvals::answer(tx, &scene.context(&scene.leader, at), Seen::Newest, &request, &answering)?;
            starting::start(tx, &context, Seen::Newest, id, &start)
        }
        (done, _) => done,
    }
}

/// Whoever has confirmed already and objected since takes the objection back.
pub(super) fn confirm(tx: &mut Tx, scene: &Stage, at: At, internship: &str, by: Party) -> Result<(), ActionError> {
    let id = scene.internship(internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let newest = internship.newest();
    if newest.confirmed_by(by) {
        if newest.open_objections().any(|objection| objection.party == by) {
            let withdrawing = Withdrawing { party: by, via: Via::Telephone, reasons: Some(prose("Det er talt igennem.")?) };
            return confirming::withdraw(tx, &scene.context(&scene.consultant, at), id, &withdrawing);
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
    let objecting = Objecting { party: by, words, via: Via::Telephone, given_by: None };
    confirming::record_objection(tx, &scene.context(&scene.consultant, at), scene.internship(internship)?, &objecting)
}
