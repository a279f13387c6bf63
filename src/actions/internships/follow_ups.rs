//! Follow-ups (L19, S3, S4, S14–S16): planned when an internship starts and whenever its terms change; held, moved, cancelled.
//!
//! Promise: a follow-up that was held, or moved by a person, is never replaced by planning. What was said is encrypted, and shown
//! to those who may see citizens: the company never sees phase or belief.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        internships::{case::case, listed::ListedItems},
        people::closed::open_citizen,
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            follow_up::{Planned, Record},
            follow_up_minimum::lacking,
            follow_up_plan::plan,
            internship::Internship,
        },
        people::access::Permission,
        values::{
            clock_time::ClockTime,
            day::{Period, plus},
            ids::{AddendumId, CitizenId, FollowUpId, InternshipId},
            in_words::day_in_words,
            text::{Line, Prose},
            working_days::working_day_after,
        },
    },
    store::{
        Tx, citizens, follow_ups,
        schema::{AddendumRow, FollowUpRow},
        sealed,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Another day for a follow-up, or the time and place that are agreed for it.
    pub struct Move {
        /// Today or later, within the stay; the same day, where only time or place is agreed.
        pub to: NaiveDate,
        /// The time of day in Copenhagen; left out: as it was.
        pub at: Option<ClockTime>,
        /// Where, for instance *hos virksomheden*; left out: as it was.
        pub place: Option<Line>,
    }
}

crate::input! {
    /// Why a follow-up is not held.
    pub struct FollowUpCancelling {
        pub reason: Prose,
    }
}

crate::input! {
    /// What is added to a follow-up that was held.
    pub struct NewAddendum {
        pub words: Prose,
    }
}

/// A follow-up that is recorded takes the place of a planned one due so many days before it, and so many after.
const TAKES_BEFORE: i64 = 7;
const TAKES_AFTER: i64 = 3;

/// Why one is cancelled that an end left over.
const INTERNSHIP_OVER: &str = "Praktikken er slut.";

/// Why one is cancelled that a later one settled.
fn settled_on(on: NaiveDate) -> String {
    format!("Der blev fulgt op {on}.")
}

fn is_open(row: &FollowUpRow) -> bool {
    row.held_on.is_none() && row.cancelled_on.is_none()
}

/// Nobody has moved it, unless it waits for somebody who is away, or agreed on a time or place for it.
fn is_planned_by_us(row: &FollowUpRow, away: &[Period]) -> bool {
    let agreed = row.at_time.is_some() || row.place.is_some();
    row.kind != Planned::Extra && !agreed && row.due_on == working_day_after(row.planned_on, away)
}

/// After a pause or a closure has changed: what is planned waits for who is away now, and comes back where nobody is any more. What
/// somebody moved stays on its day, unless it falls into a pause.
///
/// # Errors
/// A failure of the database.
pub fn wait_anew(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    before: &Internship,
    now: &Internship,
) -> Result<(), ActionError> {
    let (former, away) = (before.away(context.figures()), now.away(context.figures()));
    for mut row in follow_ups::of_internship(tx, context.tenant, &now.id)?.into_iter().filter(is_open) {
        let own = if is_planned_by_us(&row, &former) { row.planned_on } else { row.due_on };
        let due_on = working_day_after(own, &away);
        if due_on != row.due_on {
            row.due_on = due_on;
            row.revision += 1;
            follow_ups::update(tx, &row)?;
        }
    }
    replan(tx, context, citizen, now)
}

/// Brings the planned follow-ups of an internship in line with the terms that stand, from today on: after a start, a version
/// in force, an end.
///
/// # Errors
/// A failure of the database.
pub fn replan(tx: &mut Tx, context: &Context, citizen: &CitizenId, internship: &Internship) -> Result<(), ActionError> {
    let today = context.at.today;
    let away = internship.away(context.figures());
    let rows = follow_ups::of_internship(tx, context.tenant, &internship.id)?;
    let slots = if internship.is_open() { plan(internship, context.services.book.on(today)) } else { Vec::new() };
    for row in rows.iter().filter(|row| is_open(row)) {
        let wanted = slots.iter().any(|slot| slot.on == row.planned_on);
        if !internship.is_open() && row.due_on < today {
            cancel_row(tx, context, row.clone(), INTERNSHIP_OVER)?;
        } else if !internship.is_open() || (!wanted && is_planned_by_us(row, &away) && row.due_on >= today) {
            follow_ups::delete(tx, context.tenant, &row.id)?;
        }
    }
    for slot in slots.iter().filter(|slot| slot.due_on >= today && !rows.iter().any(|row| row.planned_on == slot.on)) {
        let row = new_row(context, citizen, &internship.id, slot.kind, slot.on);
        follow_ups::insert(tx, &FollowUpRow { due_on: slot.due_on, ..row })?;
    }
    Ok(())
}

/// What made follow-ups go.
#[derive(Clone, Copy, Debug)]
pub enum Undone {
    /// The end of the internship, by the day on which it was recorded.
    EndRecorded(NaiveDate),
    /// A follow-up held on a day, and the day on which it was recorded.
    Held { on: NaiveDate, recorded_on: NaiveDate },
}

/// Opens again what was cancelled because of something that was registered in error.
///
/// # Errors
/// A failure of the database.
pub fn open_again(tx: &mut Tx, context: &Context, internship: &InternshipId, cause: Undone) -> Result<(), ActionError> {
    let (on, reason) = match cause {
        Undone::EndRecorded(on) => (on, INTERNSHIP_OVER.to_owned()),
        Undone::Held { on, recorded_on } => (recorded_on, settled_on(on)),
    };
    for mut row in follow_ups::of_internship(tx, context.tenant, internship)? {
        let keys = &context.services.keys;
        let because = sealed::FOLLOW_UP_CANCEL_REASON.open_some(keys, &row.id, row.cancel_reason.as_ref())?;
        if row.cancelled_on == Some(on) && because.as_ref() == Some(&reason) {
            row.cancelled_on = None;
            row.cancel_reason = None;
            row.revision += 1;
            follow_ups::update(tx, &row)?;
        }
    }
    Ok(())
}

/// Takes away what is planned of an internship that has not begun after all.
///
/// # Errors
/// A failure of the database.
pub fn unplan(tx: &mut Tx, context: &Context, internship: &InternshipId) -> Result<(), ActionError> {
    for row in follow_ups::of_internship(tx, context.tenant, internship)?.iter().filter(|row| is_open(row)) {
        follow_ups::delete(tx, context.tenant, &row.id)?;
    }
    Ok(())
}

/// Takes a held follow-up out of what counts; a planned one waits to be held again while the internship runs.
///
/// # Errors
/// A failure of the database.
pub fn unhold(tx: &mut Tx, context: &Context, mut row: FollowUpRow, internship_runs: bool) -> Result<(), ActionError> {
    if internship_runs && row.kind != Planned::Extra {
        let again = new_row(context, &row.citizen_id, &row.internship_id, row.kind, row.planned_on);
        follow_ups::insert(tx, &FollowUpRow { due_on: row.due_on, ..again })?;
    }
    row.in_error_on = Some(context.at.today);
    row.revision += 1;
    Ok(follow_ups::update(tx, &row)?)
}

fn new_row(context: &Context, citizen: &CitizenId, internship: &InternshipId, kind: Planned, on: NaiveDate) -> FollowUpRow {
    FollowUpRow {
        id: FollowUpId::new(context.at),
        municipality: context.tenant.clone(),
        citizen_id: citizen.clone(),
        internship_id: internship.clone(),
        kind,
        planned_on: on,
        due_on: on,
        held_on: None,
        held_by: None,
        recorded_on: None,
        sealed: None,
        cancelled_on: None,
        cancel_reason: None,
        revision: 1,
        in_error_on: None,
        at_time: None,
        place: None,
        asked_on: None,
    }
}

fn cancel_row(tx: &mut Tx, context: &Context, mut row: FollowUpRow, reason: &str) -> Result<(), ActionError> {
    row.cancelled_on = Some(context.at.today);
    row.cancel_reason = Some(sealed::FOLLOW_UP_CANCEL_REASON.seal(&context.services.keys, &row.id, &reason.to_owned())?);
    row.revision += 1;
    Ok(follow_ups::update(tx, &row)?)
}

fn open_row(tx: &mut Tx, context: &Context, seen: Seen, id: &FollowUpId) -> Result<FollowUpRow, ActionError> {
    let row = follow_ups::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if !is_open(&row) {
        return conflict("not-open", "Opfølgningen er holdt eller aflyst.", "The follow-up is held or cancelled.");
    }
    Ok(row)
}

/// Records a planned follow-up as held.
///
/// # Errors
/// Not found; changed since; held or cancelled; fields that do not fit the internship.
pub fn hold(tx: &mut Tx, context: &Context, seen: Seen, id: &FollowUpId, record: &Record) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let row = open_row(tx, context, seen, id)?;
    let internship = row.internship_id.clone();
    let internship = case(tx, context, &internship)?.internship;
    save(tx, context, row, &internship, record)
}

/// Records a follow-up that was held on a day of its own. It takes the place of the planned one nearest to it; those before it
/// that nobody held are settled by it.
///
/// # Errors
/// Not found; not begun; fields that do not fit the internship.
pub fn hold_extra(tx: &mut Tx, context: &Context, id: &InternshipId, record: &Record) -> Result<FollowUpId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    let on = record.held_on.unwrap_or(context.at.today);
    let rows = follow_ups::of_internship(tx, context.tenant, id)?;
    let near = plus(on, -TAKES_BEFORE)..=plus(on, TAKES_AFTER);
    let open = || rows.iter().filter(|row| is_open(row));
    let taken = open().filter(|row| near.contains(&row.due_on)).min_by_key(|row| (row.due_on - on).num_days().abs()).cloned();
    let row = match taken {
        Some(row) => row,
        None => {
            let row = new_row(context, &case.row.citizen_id, id, Planned::Extra, on);
            follow_ups::insert(tx, &row)?;
            row
        }
    };
    let made = row.id.clone();
    for earlier in open().filter(|earlier| earlier.due_on < on && earlier.id != row.id) {
        cancel_row(tx, context, earlier.clone(), &settled_on(on))?;
    }
    save(tx, context, row, &case.internship, record)?;
    Ok(made)
}

fn save(
    tx: &mut Tx,
    context: &Context,
    mut row: FollowUpRow,
    internship: &Internship,
    record: &Record,
) -> Result<(), ActionError> {
    let (on, record) = fitted(context, internship, record)?;
    row.held_on = Some(on);
    row.held_by = Some(context.account()?.id.clone());
    row.recorded_on = Some(context.at.today);
    row.sealed = Some(sealed::FOLLOW_UP.seal(&context.services.keys, &row.id, &record)?);
    row.revision += 1;
    follow_ups::update(tx, &row)?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// What was said, checked against what the internship is for; its own spelling is kept.
fn fitted(context: &Context, internship: &Internship, record: &Record) -> Result<(NaiveDate, Record), ActionError> {
    let Some(started) = internship.started_on else {
        return conflict("not-begun", "Praktikken er ikke begyndt.", "The internship has not begun.");
    };
    let on = record.held_on.unwrap_or(context.at.today);
    not_in_future("held_on", on, context.at.today)?;
    let (root, mut faults) = (Pointer::root(), Faults::default());
    if let Some(lack) = lacking(internship, record) {
        faults.add::<()>(&root.to(lack.field), lack.fault);
    } else if record.is_empty() {
        let text = (
            "Skriv, hvad der blev sagt: fasen, et svar, en færdighed, et krav eller nogens egne ord.",
            "Write what was said: the phase, an answer, a skill, a demand, or somebody's own words.",
        );
        faults.add::<()>(&root.to("phase"), Fault::new("nothing-said", text.0, text.1));
    }
    if on < started {
        let text = (format!("Praktikken begyndte først den {started}."), format!("The internship began only on {started}."));
        faults.add::<()>(&root.to("held_on"), Fault::new("before-start", text.0, text.1));
    }
    let mut record = record.clone();
    record.held_on = Some(on);
    let Record { skills, answers, demands, accommodations, .. } = &mut record;
    ListedItems { skills, answers, demands, accommodations }.fit(internship, &mut faults);
    if faults.0.is_empty() { Ok((on, record)) } else { Err(ActionError::Faults(faults)) }
}

/// Moves a follow-up to another day, or records the time and place that were agreed for it.
///
/// # Errors
/// Not found; changed since; held or cancelled; a day that is past or outside the stay.
pub fn move_to(tx: &mut Tx, context: &Context, seen: Seen, id: &FollowUpId, to: &Move) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut row = open_row(tx, context, seen, id)?;
    let internship = row.internship_id.clone();
    let stay = case(tx, context, &internship)?.internship.stay();
    let last = stay.map_or(to.to, |stay| stay.last);
    if to.to < context.at.today || to.to > last {
        let last = day_in_words(last);
        let text = (format!("Skal ligge fra i dag til {}.", last.da), format!("Must be from today to {}.", last.en));
        return fault("to", Fault::new("outside-the-stay", text.0, text.1));
    }
    row.due_on = to.to;
    row.at_time = to.at.clone().or(row.at_time);
    row.place = to.place.as_ref().map(ToString::to_string).or(row.place);
    row.revision += 1;
    follow_ups::update(tx, &row)?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// Cancels a follow-up, with the reason.
///
/// # Errors
/// Not found; changed since; held or cancelled.
pub fn cancel(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &FollowUpId,
    cancelling: &FollowUpCancelling,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let row = open_row(tx, context, seen, id)?;
    let citizen = row.citizen_id.clone();
    open_citizen(tx, context, &citizen)?;
    cancel_row(tx, context, row, cancelling.reason.as_str())?;
    Ok(citizens::look_again(tx, context.tenant, &citizen, Some(context.at.today))?)
}

/// Adds to a follow-up that was held. What was said stays as it is.
///
/// # Errors
/// Not found; the course is closed; not held.
pub fn append(tx: &mut Tx, context: &Context, id: &FollowUpId, addendum: &NewAddendum) -> Result<(), ActionError> {
    let by = context.authorize(Permission::KeepInternships)?;
    let row = follow_ups::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    open_citizen(tx, context, &row.citizen_id)?;
    if row.held_on.is_none() {
        return conflict(
            "not-held",
            "Opfølgningen er ikke holdt. Skriv det ind, når den er.",
            "The follow-up is not held. Record it when it is.",
        );
    }
    let made = AddendumId::new(context.at);
    let sealed = sealed::ADDENDUM.seal(&context.services.keys, &made, &addendum.words.to_string())?;
    let row = AddendumRow {
        id: made,
        municipality: context.tenant.clone(),
        follow_up_id: row.id,
        sealed,
        added_on: context.at.today,
        added_by: by.id.clone(),
    };
    Ok(follow_ups::add_addendum(tx, &row)?)
}
