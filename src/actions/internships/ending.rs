//! The end of an internship and what came of it (S19): later steps, work found elsewhere, a job that was lost.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future, unknown},
        internships::{case::case, follow_ups, save::save},
        people::closed::{check_open, check_unrestricted, open_citizen},
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::Party,
            hearing::{self, Hearing},
            internship::{Ended, Ending, Internship},
            outcome::OutcomeStep,
        },
        people::access::Permission,
        values::{
            day::plus,
            ids::{CitizenId, HearingId, InternshipId, OutcomeId, WorkplaceId},
            text::{Line, Prose, WeeklyHours},
        },
    },
    store::{
        Tx, citizens, companies, hearings,
        internships::outcomes,
        schema::{HearingRow, InternshipRow, OutcomeRow},
        sealed,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// How an internship ended.
    pub struct End {
        pub outcome: Ending,
        /// The last day of the stay, inclusive, today or before; left out: today, or the agreed end where that is past.
        pub last_day: Option<NaiveDate>,
        /// Who broke it off.
        pub by: Option<Party>,
        pub note: Option<Prose>,
        /// Where the consultant breaks it off: that the citizen was heard first.
        pub hearing: Option<Hearing>,
        /// First day of the job, wage subsidy or education.
        pub first_day: Option<NaiveDate>,
        pub weekly_hours: Option<WeeklyHours>,
        /// Wage subsidy: its last day; left out: 26 weeks. A temporary post: its last day.
        pub until: Option<NaiveDate>,
        /// The workplace here that employs; left out, with no employer: that of the internship.
        pub workplace: Option<WorkplaceId>,
        /// An employer that is not registered here.
        pub employer: Option<Line>,
    }
}

crate::input! {
    /// A later step, or work found elsewhere.
    pub struct LaterStep {
        pub outcome: OutcomeStep,
        pub first_day: NaiveDate,
        pub weekly_hours: Option<WeeklyHours>,
        /// Wage subsidy: its last day; left out: 26 weeks. A temporary post: its last day.
        pub until: Option<NaiveDate>,
        pub workplace: Option<WorkplaceId>,
        pub employer: Option<Line>,
    }
}

crate::input! {
    /// The last day of a job, wage subsidy or education.
    pub struct OutcomeEnd {
        pub last_day: NaiveDate,
    }
}

crate::input! {
    /// What comes next, agreed with the citizen.
    pub struct NextStep {
        pub next_step: Prose,
    }
}

/// Records how an internship ended, and what came of it.
///
/// # Errors
/// Not found; changed since; never begun; ended already; days that do not fit; broken off by the municipality without hearing the citizen.
pub fn end(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, end: &End) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    if end.outcome == Ending::Left {
        let text = ("Luk borgerens forløb; så slutter praktikken.", "Close the citizen's course; the internship ends with it.");
        return fault("outcome", Fault::new("left", text.0, text.1));
    }
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let Some(stay) = case.internship.stay().filter(|_| case.internship.is_open()) else {
        return conflict("not-running", "Praktikken er ikke i gang.", "The internship is not running.");
    };
    let last = end.last_day.unwrap_or(context.at.today.min(stay.last));
    not_in_future("last_day", last, context.at.today)?;
    if !stay.holds(last) {
        return fault(
            "last_day",
            Fault::new(
                "outside-the-stay",
                format!("Skal ligge fra {} til {}.", stay.first, stay.last),
                format!("Must be from {} to {}.", stay.first, stay.last),
            ),
        );
    }
    hear(tx, context, &case.row, end)?;
    let mut row = case.row;
    row.last_day = Some(last);
    row.ending = Some(end.outcome);
    row.ended_by = end.by;
    let note = end.note.as_ref().map(ToString::to_string);
    row.end_note = sealed::END_NOTE.seal_some(&context.services.keys, &row.id, note.as_ref())?;
    row.end_recorded_on = Some(context.at.today);
    row.end_recorded_by = Some(context.account()?.id.clone());
    if let Some(step) = end.outcome.step() {
        let Some(first_day) = end.first_day else {
            return fault("first_day", Fault::new("required", "Skal udfyldes.", "Is required."));
        };
        let elsewhere = end.workplace.is_some() || end.employer.is_some();
        let workplace = if elsewhere { end.workplace.clone() } else { Some(row.workplace_id.clone()) };
        let later = LaterStep {
            outcome: step,
            first_day,
            weekly_hours: end.weekly_hours,
            until: end.until,
            workplace,
            employer: end.employer.clone(),
        };
        add(tx, context, &row.citizen_id, Some(id), &later)?;
    } else if end.first_day.is_some() {
        return fault(
            "first_day",
            Fault::new(
                "not-here",
                "Hører kun til et job, løntilskud eller en uddannelse.",
                "Belongs to a job, wage subsidy or education only.",
            ),
        );
    }
    let citizen = row.citizen_id.clone();
    save(tx, context, row)?;
    let ended = Ended { last_day: last, how: end.outcome, by: end.by, note, recorded_on: context.at.today };
    follow_ups::replan(tx, context, &citizen, &Internship { ended: Some(ended), ..case.internship })
}

/// Keeps that the citizen was heard, where the municipality breaks the internship off (L26).
fn hear(tx: &mut Tx, context: &Context, row: &InternshipRow, end: &End) -> Result<(), ActionError> {
    let by_us = end.outcome == Ending::BrokenOff && end.by == Some(Party::Consultant);
    if by_us || end.hearing.is_some() {
        hearing::faults(end.hearing.as_ref(), context.at.today).none()?;
    }
    let Some(hearing) = &end.hearing else { return Ok(()) };
    let id = HearingId::new(context.at);
    let held = HearingRow {
        sealed: sealed::HEARING.seal(&context.services.keys, &id, hearing)?,
        id,
        municipality: context.tenant.clone(),
        citizen_id: row.citizen_id.clone(),
        internship_id: row.id.clone(),
        recorded_on: context.at.today,
        recorded_by: context.account()?.id.clone(),
    };
    Ok(hearings::insert(tx, &held)?)
}

/// Records a later step that came of an internship.
///
/// # Errors
/// Not found; fields that do not fit the step.
pub fn later_step(tx: &mut Tx, context: &Context, id: &InternshipId, step: &LaterStep) -> Result<OutcomeId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    let elsewhere = step.workplace.is_some() || step.employer.is_some();
    let mut step = step.clone();
    if !elsewhere {
        step.workplace = Some(case.row.workplace_id.clone());
    }
    let outcome = add(tx, context, &case.row.citizen_id, Some(id), &step)?;
    save(tx, context, case.row)?;
    Ok(outcome)
}

/// Records work or education found outside any internship.
///
/// # Errors
/// Not found; fields that do not fit the step.
pub fn found_elsewhere(tx: &mut Tx, context: &Context, citizen: &CitizenId, step: &LaterStep) -> Result<OutcomeId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    open_citizen(tx, context, citizen)?;
    let outcome = add(tx, context, citizen, None, step)?;
    citizens::look_again(tx, context.tenant, citizen, Some(context.at.today))?;
    Ok(outcome)
}

fn add(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    from: Option<&InternshipId>,
    step: &LaterStep,
) -> Result<OutcomeId, ActionError> {
    if step.outcome != OutcomeStep::Education && step.weekly_hours.is_none() {
        return fault("weekly_hours", Fault::new("required", "Skal udfyldes for et job.", "Is required for a job."));
    }
    if let Some(workplace) = &step.workplace
        && companies::workplaces::find(tx, context.tenant, workplace)?.is_none()
    {
        return unknown("workplace");
    }
    let subsidy = step.outcome == OutcomeStep::WageSubsidy;
    let education = step.outcome == OutcomeStep::Education;
    if step.until.is_some_and(|until| education || until < step.first_day) {
        return fault(
            "until",
            Fault::new(
                "until",
                "Er den sidste dag med løntilskud eller i et tidsbegrænset job, ikke før den første.",
                "Is the last day of a wage subsidy or of a temporary post, not before its first.",
            ),
        );
    }
    let usual = || subsidy.then(|| plus(step.first_day, context.figures().wage_subsidy_days - 1));
    let until = step.until.or_else(usual);
    let id = OutcomeId::new(context.at);
    if let Some(workplace) = &step.workplace {
        companies::workplaces::look_again(tx, context.tenant, workplace, Some(context.at.today))?;
    }
    outcomes::insert(
        tx,
        &OutcomeRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            internship_id: from.cloned(),
            step: step.outcome,
            workplace_id: step.workplace.clone(),
            employer: step.employer.as_ref().map(ToString::to_string),
            first_day: step.first_day,
            weekly_minutes: step.weekly_hours.map(WeeklyHours::minutes),
            until_on: until,
            recorded_on: context.at.today,
            recorded_by: context.account()?.id.clone(),
            ended_on: None,
            next_step: None,
            revision: 1,
            in_error_on: None,
        },
    )?;
    Ok(id)
}

fn edit(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &OutcomeId,
    edit: impl FnOnce(&mut OutcomeRow) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    let mut row = outcomes::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    check_open(citizens::find(tx, context.tenant, &row.citizen_id)?.and_then(|citizen| citizen.closed_since))?;
    check_unrestricted(tx, context, &row.citizen_id)?;
    edit(&mut row)?;
    row.revision += 1;
    outcomes::update(tx, &row)?;
    look_at_outcome(tx, context, &row)
}

/// The schedule evaluates again whom an outcome concerns.
///
/// # Errors
/// A failure of the database.
pub fn look_at_outcome(tx: &mut Tx, context: &Context, row: &OutcomeRow) -> Result<(), ActionError> {
    if let Some(workplace) = &row.workplace_id {
        companies::workplaces::look_again(tx, context.tenant, workplace, Some(context.at.today))?;
    }
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// Records that a job, wage subsidy or education has ended.
///
/// # Errors
/// Not found; changed since; a day before its first or after today.
pub fn end_outcome(tx: &mut Tx, context: &Context, seen: Seen, id: &OutcomeId, end: &OutcomeEnd) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    not_in_future("last_day", end.last_day, context.at.today)?;
    edit(tx, context, seen, id, |row| {
        if end.last_day < row.first_day {
            return fault(
                "last_day",
                Fault::new("before-first-day", "Kan ikke ligge før den første dag.", "Cannot be before the first day."),
            );
        }
        row.ended_on = Some(end.last_day);
        Ok(())
    })
}

/// Records what follows a wage subsidy.
///
/// # Errors
/// Not found; changed since.
pub fn plan_after(tx: &mut Tx, context: &Context, seen: Seen, id: &OutcomeId, next: &NextStep) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    edit(tx, context, seen, id, |row| {
        row.next_step = Some(sealed::OUTCOME_NEXT_STEP.seal(&context.services.keys, id, &next.next_step.to_string())?);
        Ok(())
    })
}

/// Records what follows an internship.
///
/// # Errors
/// Not found; changed since.
pub fn plan_next(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, next: &NextStep) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let mut row = case.row;
    row.next_step = Some(sealed::NEXT_STEP.seal(&context.services.keys, id, &next.next_step.to_string())?);
    save(tx, context, row)
}
