//! Puts right what an earlier event of the case registered: the consultant does, and later than the rulebook allows the team leader.

use crate::{
    actions::{
        ActionError,
        put_right::{answers, bookings, follow_ups, outcomes, pauses, recording::Correcting, stays},
    },
    context::{Context, Seen},
    domain::{
        internships::{course::Course, outcome::Outcome},
        values::{
            day::At,
            ids::{AnswerId, CorrectionId, FollowUpId, InternshipId, OutcomeId, PauseId, RetentionCheckId},
            localized::localized,
            text::Prose,
        },
    },
    replay::{
        format::{CaseEvent, EventKind},
        stage::Stage,
        words::prose,
    },
    store::{Tx, courses},
};

const REASON: &str = "Det var registreret forkert.";

/// What an event registered, as it stands.
enum Registered {
    Booking(InternshipId),
    Start(InternshipId),
    End(InternshipId),
    FollowUp(FollowUpId),
    Answer(AnswerId),
    Outcome(OutcomeId),
    Check(RetentionCheckId),
    Pause(PauseId),
}

/// Registers in error what an earlier event registered.
///
/// # Errors
/// It registered nothing that can be so, or nothing that still counts; those of the actions.
pub(super) fn put_right(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    event: &CaseEvent,
    reason: Option<&Prose>,
) -> Result<(), ActionError> {
    let course = courses::load(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?.ok_or(ActionError::NotFound)?;
    let Some(wrong) = registered(scene, &course, event)? else {
        return Err(ActionError::Conflict(
            "nothing-registered",
            localized("Den begivenhed har ikke registreret noget, som gælder.", "That event has registered nothing that counts."),
        ));
    };
    let correcting = Correcting { reasons: reason.cloned().map_or_else(|| prose(REASON), Ok)? };
    match correct(tx, &scene.context(&scene.consultant, at), &wrong, &correcting) {
        Err(ActionError::Conflict("put-right-late" | "recorded-by-another", _)) => {
            correct(tx, &scene.context(&scene.leader, at), &wrong, &correcting)?;
        }
        done => {
            done?;
        }
    }
    Ok(())
}

fn correct(tx: &mut Tx, context: &Context, wrong: &Registered, why: &Correcting) -> Result<CorrectionId, ActionError> {
    let newest = Seen::Newest;
    match wrong {
        Registered::Booking(id) => bookings::booking(tx, context, newest, id, why),
        Registered::Start(id) => stays::start(tx, context, newest, id, why),
        Registered::End(id) => stays::end(tx, context, newest, id, why),
        Registered::FollowUp(id) => follow_ups::follow_up(tx, context, newest, id, why),
        Registered::Answer(id) => answers::answer(tx, context, newest, id, why),
        Registered::Outcome(id) => outcomes::outcome(tx, context, newest, id, why),
        Registered::Check(id) => outcomes::retention_check(tx, context, newest, id, why),
        Registered::Pause(id) => pauses::pause(tx, context, newest, id, why),
    }
}

fn registered(scene: &Stage, course: &Course, event: &CaseEvent) -> Result<Option<Registered>, ActionError> {
    let on = event.on;
    let outcome = |of: Option<&InternshipId>, is: &dyn Fn(&Outcome) -> bool| {
        let own = course.outcomes.iter().filter(|own| own.recorded_on == on && own.from.as_ref() == of && is(own));
        own.last().map(|own| Registered::Outcome(own.id.clone()))
    };
    Ok(match &event.what {
        EventKind::Book(book) => Some(Registered::Booking(scene.internship(&book.internship)?.clone())),
        EventKind::Start(start) => Some(Registered::Start(scene.internship(&start.internship)?.clone())),
        EventKind::End(end) => Some(Registered::End(scene.internship(&end.internship)?.clone())),
        EventKind::FollowUp(wish) => {
            let internship = course.internship(scene.internship(&wish.internship)?);
            let all = internship.into_iter().flat_map(|own| &own.follow_ups);
            let mut held = all.filter(|own| own.held.as_ref().is_some_and(|held| held.recorded_on == on));
            held.next_back().map(|own| Registered::FollowUp(own.id.clone()))
        }
        EventKind::CompanyAnswers { internship, answer, .. } => {
            let internship = course.internship(scene.internship(internship)?);
            let mut all = internship.into_iter().flat_map(|own| &own.answers);
            all.rfind(|own| own.on == on && own.answer == *answer).map(|own| Registered::Answer(own.id.clone()))
        }
        EventKind::Outcome { of, outcome: step, .. } => {
            let of = scene.internship(of)?;
            outcome(Some(of), &|own| own.step == *step)
        }
        EventKind::Job { outcome: step, .. } => outcome(None, &|own| step.is_none_or(|step| own.step == step)),
        EventKind::Retention { of, held } => {
            let of = scene.internship(of)?;
            let jobs = course.outcomes.iter().filter(|own| own.from.as_ref() == Some(of));
            let mut checks = jobs.flat_map(|own| &own.checks).filter(|check| check.recorded_on == on && check.holds == *held);
            checks.next_back().map(|check| Registered::Check(check.id.clone()))
        }
        EventKind::Pause { internship, from, .. } => {
            let internship = course.internship(scene.internship(internship)?);
            let mut all = internship.into_iter().flat_map(|own| &own.pauses);
            all.rfind(|own| own.recorded_on == on && own.from == *from).map(|own| Registered::Pause(own.id.clone()))
        }
        _ => None,
    })
}
