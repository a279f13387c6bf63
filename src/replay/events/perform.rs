//! Plays one event.

use crate::{
    actions::{
        ActionError,
        companies::closures::{self, NewClosure},
        internships::{
            pauses::{self, NewPause},
            retention,
        },
        people::steps as people_steps,
    },
    context::Seen,
    domain::values::day::At,
    replay::{
        events::{
            bookings::{book, cancel, change, extend, plan_next, withdraw_version},
            companies::{company_answers, foresee, offer, report_staff},
            consultants::change_consultant,
            flags::{acknowledge, snooze},
            follow_ups,
            leaving::leave,
            outcome::EventOutcome,
            put_right::put_right,
            starts::{begin, confirm, object, record_papers},
            steps::{end, found_elsewhere, later_step},
        },
        format::{CaseEvent, EventKind},
        stage::Stage,
    },
    store::Tx,
};

/// Plays one event.
///
/// # Errors
/// Why the action did not happen.
pub fn perform(tx: &mut Tx, scene: &Stage, at: At, event: &CaseEvent) -> Result<EventOutcome, ActionError> {
    let consultant = scene.context(&scene.consultant, at);
    match &event.what {
        EventKind::Book(wish) => return book(tx, scene, at, wish),
        EventKind::Change(wish) => return change(tx, scene, at, wish),
        EventKind::Start(start) => {
            record_papers(tx, scene, at, start)?;
            begin(tx, scene, at, &start.internship, start.first_day, start.late_reason.as_ref())?;
        }
        EventKind::Confirm { internship, by } => confirm(tx, scene, at, internship, *by)?,
        EventKind::Object { internship, by, text } => object(tx, scene, at, internship, *by, text.as_ref())?,
        EventKind::WithdrawVersion { internship } => withdraw_version(tx, scene, at, internship)?,
        EventKind::NextStep { internship, text } => plan_next(tx, scene, at, internship, text.as_ref())?,
        EventKind::Extend { internship, to, papers } => extend(tx, scene, at, internship, *to, papers)?,
        EventKind::End(wish) => end(tx, scene, at, wish)?,
        EventKind::Outcome { of, outcome, step } => later_step(tx, scene, at, of, *outcome, step)?,
        EventKind::CompanyAnswers { internship, answer, text } => company_answers(tx, scene, at, internship, *answer, text)?,
        EventKind::Job { outcome, step } => found_elsewhere(tx, scene, at, *outcome, step)?,
        EventKind::Cancel { internship, reason } => cancel(tx, scene, at, internship, reason.as_ref())?,
        EventKind::Staff { company, month, ordinary_fte } => report_staff(tx, scene, at, company, *month, *ordinary_fte)?,
        EventKind::FollowUp(wish) => follow_ups::follow_up(tx, scene, at, wish)?,
        EventKind::Retention { of, held } => follow_ups::retention(tx, scene, at, of, *held)?,
        EventKind::ProspectWithdrawn { internship } => {
            retention::prospect_gone(tx, &consultant, Seen::Newest, scene.internship(internship)?)?;
        }
        EventKind::ChangeConsultant { handover, read_on } => return change_consultant(tx, scene, at, handover, read_on),
        EventKind::Acknowledge(wish) => acknowledge(tx, scene, at, wish)?,
        EventKind::Snooze { handling, until } => snooze(tx, scene, at, handling, *until)?,
        EventKind::Leave { how } => leave(tx, scene, at, *how)?,
        EventKind::Pause { internship, kind, from, to } => {
            let new = NewPause { kind: *kind, from: *from, to: *to };
            pauses::add(tx, &consultant, scene.internship(internship)?, &new)?;
        }
        EventKind::Closure { company, from, to } => {
            let new = NewClosure { from: *from, to: *to };
            closures::add(tx, &scene.context(&scene.liaison, at), &scene.place(company)?.workplace, &new)?;
        }
        EventKind::Offer { company, opening } => offer(tx, scene, at, company, opening)?,
        EventKind::Foresee { company, prospect } => foresee(tx, scene, at, company, prospect)?,
        EventKind::Plan { step } => {
            people_steps::add(tx, &consultant, &scene.citizen, step)?;
        }
        EventKind::InError { event, reason, .. } => put_right(tx, scene, at, event, reason.as_ref())?,
        EventKind::ScheduleOff | EventKind::ScheduleOn | EventKind::Nothing { .. } | EventKind::NotPlayed { .. } => {}
    }
    Ok(EventOutcome::default())
}
