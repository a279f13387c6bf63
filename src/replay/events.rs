//! Each event of a file, through the same actions as the API's. What an event is refused leaves nothing, since it is one
//! transaction; only a start is two: its papers are acts of their own, and stay when the gate stays shut.

use crate::{
    actions::{
        ActionError,
        companies::register,
        flags::handling::{self, Acknowledgement, Snooze},
        internships::{
            answers::{self, Answering},
            approvals::{self, Approval},
            booking::{self, Booking},
            cancelling::{self, Cancelling},
            case::case,
            changing, confirming,
            ending::{self, End, LaterStep},
            extension::{self, Extension},
            reasons::{self, GivenReasons},
            retention, starting,
        },
    },
    context::{Account, Seen},
    domain::{
        internships::{
            alignment::{Asked, Party},
            internship::AnswerKind,
            outcome::OutcomeStep,
        },
        people::access::Role,
        rules::{flags::Level, refusals::AskRule},
        values::{
            day::{At, plus},
            ids::{ConsultantChangeId, FlagId, InternshipId, OutcomeId, WorkplaceId},
            localized::localized,
        },
    },
    replay::{
        following,
        format::{AskReasons, Book, Change, Event, Handling, NextStep, Papers, Start, What},
        implied,
        stage::Stage,
    },
    store::{Tx, courses, flags},
};
use chrono::NaiveDate;

/// The handover that is implied where the file leaves it out.
const HANDOVER: &str = "Borgerens mål, aftaler og næste skridt står i forløbet.";

/// What came of an event beside its being done.
#[derive(Debug, Default)]
pub struct Done {
    /// What was booked.
    pub booked: Option<InternshipId>,
    /// The day of its implied start, where that is new.
    pub starts_on: Option<NaiveDate>,
    /// What rules asked, and the reasons that answered them.
    pub asked: Vec<Asked>,
    /// Who is responsible from now on, the change, and the day on which the handover is read.
    pub consultant: Option<(Account, ConsultantChangeId, Option<NaiveDate>)>,
}

/// Plays one event.
///
/// # Errors
/// Why the action did not happen.
pub fn perform(tx: &mut Tx, scene: &Stage, at: At, event: &Event) -> Result<Done, ActionError> {
    let consultant = scene.context(&scene.consultant, at);
    match &event.what {
        What::Book(wish) => return book(tx, scene, at, wish),
        What::Change(wish) => return change(tx, scene, at, wish),
        What::Start(start) => {
            record_papers(tx, scene, at, start)?;
            begin(tx, scene, at, &start.internship)?;
        }
        What::Confirm { internship, by } => confirm(tx, scene, at, internship, *by)?,
        What::Object { internship, by, text } => {
            let words = text.clone().map_or_else(|| implied::prose("Det er ikke det, vi har aftalt."), Ok)?;
            confirming::object(tx, &consultant, scene.internship(internship)?, *by, &words)?;
        }
        What::Extend { internship, to, papers } => extend(tx, scene, at, internship, *to, papers)?,
        What::End { internship, outcome, step, last_day, by, note } => {
            let id = scene.internship(internship)?;
            let step = outcome.step().map(|kind| next_step(tx, scene, at, Some(id), kind, step)).transpose()?;
            let end = End {
                outcome: *outcome,
                last_day: *last_day,
                by: *by,
                note: note.clone(),
                first_day: step.as_ref().map(|step| step.first_day),
                weekly_hours: step.as_ref().and_then(|step| step.weekly_hours),
                until: step.as_ref().and_then(|step| step.until),
                workplace: step.as_ref().and_then(|step| step.workplace.clone()),
                employer: step.and_then(|step| step.employer),
            };
            ending::end(tx, &consultant, Seen::Newest, id, &end)?;
        }
        What::Outcome { of, outcome, step } => {
            let id = scene.internship(of)?;
            let step = next_step(tx, scene, at, Some(id), *outcome, step)?;
            ending::later_step(tx, &consultant, id, &step)?;
        }
        What::CompanyAnswers { internship, answer, text } => {
            let because = implied::prose("Vi har brug for mere tid til at se opgaverne løst.")?;
            let asks = *answer == AnswerKind::MoreTime;
            let words = text.or_else(|| asks.then_some(because));
            answers::record(tx, &consultant, scene.internship(internship)?, &Answering { answer: *answer, words })?;
        }
        What::Job { outcome, step } => {
            let kind = outcome.unwrap_or(OutcomeStep::OrdinaryFullTime);
            let step = next_step(tx, scene, at, None, kind, step)?;
            ending::found_elsewhere(tx, &consultant, &scene.citizen, &step)?;
        }
        What::Cancel { internship, reason } => {
            let reason = reason.clone().map_or_else(|| implied::prose("Praktikken er ikke længere aktuel."), Ok)?;
            cancelling::cancel(tx, &consultant, Seen::Newest, scene.internship(internship)?, &Cancelling { reason })?;
        }
        What::Staff { company, month, ordinary_fte } => {
            let staff = register::Staff { full_time: *ordinary_fte };
            register::put_staff(tx, &scene.context(&scene.liaison, at), &scene.place(company)?.workplace, *month, &staff)?;
        }
        What::FollowUp(wish) => following::follow_up(tx, scene, at, wish)?,
        What::Retention { of, held } => following::retention(tx, scene, at, of, *held)?,
        What::ProspectWithdrawn { internship } => {
            retention::prospect_gone(tx, &consultant, Seen::Newest, scene.internship(internship)?)?;
        }
        What::ChangeConsultant { handover, read_on } => {
            let usual = implied::prose(HANDOVER)?;
            let text = handover.or(|| usual);
            let written = text.is_some();
            let (by, change) = following::change_consultant(tx, scene, at, text)?;
            let read_on = read_on.or(|| at.today).filter(|_| written);
            return Ok(Done { consultant: Some((by, change, read_on)), ..Done::default() });
        }
        What::Acknowledge(wish) => {
            let (flag, by) = flag(tx, scene, wish)?;
            let reason = wish.reason.clone().map_or_else(|| implied::prose("Der er taget hånd om det."), Ok)?;
            handling::acknowledge(tx, &scene.context(by, at), Seen::Newest, &flag, &Acknowledgement { reason })?;
        }
        What::Snooze { handling: wish, until } => {
            let (flag, by) = flag(tx, scene, wish)?;
            let reason = wish.reason.clone().map_or_else(|| implied::prose("Der er taget hånd om det."), Ok)?;
            let until = until.unwrap_or(plus(at.today, consultant.figures().snooze_days_at_most));
            handling::snooze(tx, &scene.context(by, at), Seen::Newest, &flag, &Snooze { until, reason })?;
        }
        What::ScheduleOff | What::ScheduleOn | What::Nothing { .. } | What::NotPlayed { .. } => {}
    }
    Ok(Done::default())
}

fn book(tx: &mut Tx, scene: &Stage, at: At, wish: &Book) -> Result<Done, ActionError> {
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
    Ok(Done { booked: Some(id), starts_on: implied_start.then_some(wish.start), asked, consultant: None })
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

fn change(tx: &mut Tx, scene: &Stage, at: At, wish: &Change) -> Result<Done, ActionError> {
    let id = scene.internship(&wish.internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let old = &internship.standing().terms;
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
        return Ok(Done { asked, ..Done::default() });
    }
    if place.is_some() {
        implied::ready_elsewhere(tx, scene, at, id)?;
    }
    implied::confirm(tx, scene, at, id, Party::ALL)?;
    Ok(Done { booked: None, starts_on: (!runs).then_some(first), asked, consultant: None })
}

/// What a start says is recorded that day, before the gate is asked.
///
/// # Errors
/// Those of the actions.
pub fn record_papers(tx: &mut Tx, scene: &Stage, at: At, start: &Start) -> Result<(), ActionError> {
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
fn confirm(tx: &mut Tx, scene: &Stage, at: At, internship: &str, by: Party) -> Result<(), ActionError> {
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

fn approve(tx: &mut Tx, scene: &Stage, at: At, to: NaiveDate, papers: &Papers) -> Result<(), ActionError> {
    if papers.approved {
        let reasons = implied::prose("Der er en dato for svar og et tilsagn fra virksomheden.")?;
        approvals::approve(tx, &scene.context(&scene.leader, at), &scene.citizen, &Approval { to, reasons })?;
    }
    Ok(())
}

fn extend(tx: &mut Tx, scene: &Stage, at: At, internship: &str, to: NaiveDate, papers: &Papers) -> Result<(), ActionError> {
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
    };
    extension::extend(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &extension)?;
    if scene.case.implies_confirmation(internship, stands.started_on.is_some(), at.today) {
        implied::confirm(tx, scene, at, id, Party::ALL)?;
    }
    Ok(())
}

/// Where somebody went on to: the day after and the hours of the internship, unless said; at the workplace, unless an
/// employer is named.
fn next_step(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    from: Option<&InternshipId>,
    kind: OutcomeStep,
    step: &NextStep,
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

/// The flag that stands, and who handles it: the consultant, or the team leader for an alarm, unless somebody is named.
fn flag<'s>(tx: &mut Tx, scene: &'s Stage, wish: &Handling) -> Result<(FlagId, &'s Account), ActionError> {
    let course = courses::load(tx, &scene.desk.keys, scene.tenant(), &scene.citizen)?.ok_or(ActionError::NotFound)?;
    let outcomes: Vec<(OutcomeId, InternshipId)> =
        course.outcomes.iter().filter_map(|outcome| Some((outcome.id.clone(), outcome.from.clone()?))).collect();
    let subjects = wish.about.as_ref().map(|about| scene.subjects(about, &outcomes));
    let stands = flags::standing(tx, &scene.citizen)?
        .into_iter()
        .find(|flag| flag.rule == wish.flag && subjects.as_ref().is_none_or(|subjects| subjects.contains(&flag.subject)));
    let Some(row) = stands else {
        return Err(ActionError::Conflict("no-flag", localized("Der står ikke et sådant flag.", "No such flag stands.")));
    };
    let by = match wish.by.as_deref() {
        Some("team-leader") => &scene.leader,
        Some("liaison") => &scene.liaison,
        Some(_) => &scene.consultant,
        None if row.level == Level::Alarm.code() => &scene.leader,
        None => &scene.consultant,
    };
    Ok((row.id, by))
}
