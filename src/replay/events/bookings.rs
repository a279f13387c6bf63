//! Bookings, changes and extensions. What rules ask is answered by whom they ask.

use crate::{
    actions::{
        ActionError,
        internships::{
            approvals::{self, Approval},
            booking::{self, Booking},
            cancelling::{self, Cancelling},
            case::case,
            changing,
            ending::{self, NextStep},
            extension::{self, Extension},
            reasons::{self, GivenReasons},
            withdrawing::{self, VersionWithdrawing},
        },
    },
    context::Seen,
    domain::{
        internships::alignment::{Asked, Party},
        people::access::Role,
        rules::refusals::AskRule,
        values::{
            day::At,
            ids::{InternshipId, WorkplaceId},
            localized::localized,
            text::Prose,
        },
    },
    replay::{
        events::outcome::EventOutcome,
        format::{AskReasons, BookingEvent, ChangeEvent, GivenPapers},
        implied,
        stage::Stage,
        words::prose,
    },
    store::Tx,
};
use chrono::NaiveDate;

pub(super) fn book(tx: &mut Tx, scene: &Stage, at: At, wish: &BookingEvent) -> Result<EventOutcome, ActionError> {
    let goal = scene.case.citizen.goals.iter().flat_map(|goal| &goal.occupations).next();
    let Some(occupation) = wish.rest.occupation.as_ref().or(goal) else {
        return Err(ActionError::Conflict("occupation", localized("Der mangler et fag.", "An occupation is missing.")));
    };
    let place = scene.place(&wish.company)?;
    let purpose = implied::purpose(wish.kind, &wish.rest, wish.start, wish.end, None)?;
    let hours = implied::hours(scene, &wish.rest, wish.start)?;
    let promise = wish.papers.commitment.as_ref();
    let commitment = promise.map(|promise| implied::commitment(promise, &purpose, occupation, &hours, wish.end)).transpose()?;
    approve(tx, scene, at, wish.end, &wish.papers)?;
    let booking = Booking {
        citizen: scene.citizen.clone(),
        workplace: place.workplace.clone(),
        purpose,
        occupation: occupation.clone(),
        tasks: wish.rest.tasks.clone().unwrap_or_default(),
        first_day: wish.start,
        last_day: wish.end,
        hours,
        road: wish.road,
        new_function: wish.new_function.clone(),
        meeting: None,
        accommodations: implied::settled_at_booking(tx, scene, at, &wish.internship)?,
        reason: wish.papers.reason.clone(),
        hiring_decision_on: wish.papers.hiring_decision_on,
        commitment,
        special_need: wish.papers.special_need.clone(),
        goal_mismatch_reason: wish.reasons.goal_mismatch.clone(),
        series_reason: wish.reasons.series.clone(),
        company_record_reason: wish.reasons.company_record.clone(),
        derailed_reason: wish.reasons.derailed.clone(),
    };
    let context = scene.context(&scene.consultant, at);
    let id = with_leader(tx, scene, at, &place.workplace, &wish.reasons, |tx| booking::book(tx, &context, &booking))?;
    let implied_start = scene.case.implies_confirmation(&wish.internship, false, at.today);
    if implied_start {
        implied::ready(tx, scene, at, &id)?;
    }
    let asked = asked(tx, scene, at, &id)?;
    Ok(EventOutcome { booked: Some(id), starts_on: implied_start.then_some(wish.start), asked, consultant: None })
}

/// What rules asked of the newest version, and how they were answered.
fn asked(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<Vec<Asked>, ActionError> {
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    Ok(internship.newest().asked.clone().unwrap_or_default())
}

/// Acts; where only a team leader may answer what a rule asks and the file has the reasons, the team leader gives them first.
fn with_leader<T>(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    workplace: &WorkplaceId,
    given: &AskReasons,
    act: impl Fn(&mut Tx) -> Result<T, ActionError>,
) -> Result<T, ActionError> {
    let stops = match act(tx) {
        Err(ActionError::Refused(stops)) => stops,
        done => return done,
    };
    for stop in &stops {
        let words = match AskRule::parse(stop.rule.as_str()) {
            Some(AskRule::Series) => &given.series,
            Some(AskRule::CompanyRecord) => &given.company_record,
            _ => &None,
        };
        if let (Some(words), Some(rule), Some(Role::TeamLeader)) = (words, AskRule::parse(stop.rule.as_str()), stop.ask_of) {
            let reasons = GivenReasons { rule, workplace: Some(workplace.clone()), reasons: words.clone() };
            reasons::give(tx, &scene.context(&scene.leader, at), &scene.citizen, &reasons)?;
        }
    }
    act(tx)
}

pub(super) fn change(tx: &mut Tx, scene: &Stage, at: At, wish: &ChangeEvent) -> Result<EventOutcome, ActionError> {
    let id = scene.internship(&wish.internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let old = &internship.newest().terms;
    let (first, last) = (wish.start.unwrap_or(old.period.first), wish.end.unwrap_or(old.period.last));
    let kind = wish.kind.unwrap_or(old.purpose.kind);
    let purpose = implied::purpose(kind, &wish.rest, first, last, Some(&old.purpose))?;
    let place = wish.company.as_ref().map(|name| scene.place(name)).transpose()?;
    let runs = internship.started_on.is_some();
    let change = changing::Change {
        workplace: place.map(|place| place.workplace.clone()),
        purpose: (purpose != old.purpose).then_some(purpose),
        occupation: wish.rest.occupation.clone(),
        tasks: wish.rest.tasks.clone(),
        first_day: wish.start,
        last_day: wish.end,
        hours: implied::changed_hours(&wish.rest, old, first, runs, at.today)?,
        new_function: wish.new_function.clone(),
        goal_mismatch_reason: wish.reasons.goal_mismatch.clone(),
        company_record_reason: wish.reasons.company_record.clone(),
    };
    let context = scene.context(&scene.consultant, at);
    let there = place.map_or(&old.place.workplace, |place| &place.workplace);
    with_leader(tx, scene, at, there, &wish.reasons, |tx| changing::change(tx, &context, Seen::Newest, id, &change))?;
    let asked = asked(tx, scene, at, id)?;
    if !scene.case.implies_confirmation(&wish.internship, runs, at.today) {
        return Ok(EventOutcome { asked, ..EventOutcome::default() });
    }
    if place.is_some() {
        implied::ready_elsewhere(tx, scene, at, id)?;
    }
    implied::confirm(tx, scene, at, id, Party::ALL)?;
    Ok(EventOutcome { booked: None, starts_on: (!runs).then_some(first), asked, consultant: None })
}

fn approve(tx: &mut Tx, scene: &Stage, at: At, to: NaiveDate, papers: &GivenPapers) -> Result<(), ActionError> {
    if papers.approved {
        let reasons = prose("Der er en dato for svar og et tilsagn fra virksomheden.")?;
        approvals::approve(tx, &scene.context(&scene.leader, at), &scene.citizen, &Approval { to, reasons })?;
    }
    Ok(())
}

pub(super) fn extend(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    internship: &str,
    to: NaiveDate,
    papers: &GivenPapers,
) -> Result<(), ActionError> {
    let id = scene.internship(internship)?;
    let stands = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let terms = &stands.standing().terms;
    let promise = papers.commitment.as_ref();
    let commitment =
        promise.map(|promise| implied::commitment(promise, &terms.purpose, &terms.occupation, &terms.hours, to)).transpose()?;
    approve(tx, scene, at, to, papers)?;
    let extension = Extension {
        to,
        reason: papers.reason.clone(),
        hiring_decision_on: papers.hiring_decision_on,
        commitment,
        special_need: papers.special_need.clone(),
        decision: implied::deciding(&papers.decision_reasons)?,
    };
    extension::extend(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &extension)?;
    if scene.case.implies_confirmation(internship, stands.started_on.is_some(), at.today) {
        implied::confirm(tx, scene, at, id, Party::ALL)?;
    }
    Ok(())
}

pub(super) fn cancel(tx: &mut Tx, scene: &Stage, at: At, internship: &str, reason: Option<&Prose>) -> Result<(), ActionError> {
    let reason = reason.cloned().map_or_else(|| prose("Praktikken er ikke længere aktuel."), Ok)?;
    let context = scene.context(&scene.consultant, at);
    cancelling::cancel(tx, &context, Seen::Newest, scene.internship(internship)?, &Cancelling { reason })
}

pub(super) fn withdraw_version(tx: &mut Tx, scene: &Stage, at: At, internship: &str) -> Result<(), ActionError> {
    let withdrawing = VersionWithdrawing { reason: prose("Det blev ikke aftalt alligevel.")? };
    withdrawing::withdraw(tx, &scene.context(&scene.consultant, at), Seen::Newest, scene.internship(internship)?, &withdrawing)
}

pub(super) fn plan_next(tx: &mut Tx, scene: &Stage, at: At, internship: &str, text: Option<&Prose>) -> Result<(), ActionError> {
    let next_step = text.cloned().map_or_else(|| prose("Samtale om, hvad der følger efter praktikken."), Ok)?;
    let context = scene.context(&scene.consultant, at);
    ending::plan_next(tx, &context, Seen::Newest, scene.internship(internship)?, &NextStep { next_step })
}
