//! Steps without an internship (S23, S25, S26): planned, done, put off, given up. A conversation that was held is recorded at once.
//!
//! Promise: what people wrote is encrypted, and no letter says it.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        people::closed::open_citizen,
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::follow_up::Phase,
        people::{
            access::Permission,
            step::{StepKind, StepWords},
        },
        values::{
            ids::{CitizenId, ClosingId, StepId},
            text::Prose,
        },
    },
    store::{Tx, citizens, schema::StepRow, sealed, steps},
};
use chrono::NaiveDate;

crate::input! {
    /// Something that is planned or awaited, or that was done.
    pub struct NewStep {
        pub kind: StepKind,
        /// What it is, who helps, from whom it comes.
        pub words: Prose,
        /// The day for which it is planned or on which it is expected, today or later; left out only where it was done.
        pub expected_on: Option<NaiveDate>,
        /// The day on which it was held, done, or came: today or before.
        pub done_on: Option<NaiveDate>,
        /// Of a conversation that was held: the phase it found the citizen in.
        pub phase: Option<Phase>,
    }
}

crate::input! {
    /// That a step was done, a conversation held, or a clarification came.
    pub struct StepDone {
        /// Today or before; left out: today.
        pub on: Option<NaiveDate>,
        /// What came of it.
        pub result: Option<Prose>,
        /// Of a conversation: the phase it found the citizen in.
        pub phase: Option<Phase>,
    }
}

crate::input! {
    /// Another day for a step.
    pub struct StepMove {
        /// Today or later.
        pub to: NaiveDate,
    }
}

crate::input! {
    /// Why a step is given up.
    pub struct StepCancelling {
        pub reason: Prose,
    }
}

/// Adds a step.
///
/// # Errors
/// Not found; the course is closed; days that do not fit; a phase of what is no conversation.
pub fn add(tx: &mut Tx, context: &Context, citizen: &CitizenId, new: &NewStep) -> Result<StepId, ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    open_citizen(tx, context, citizen)?;
    check_phase(new.kind, new.done_on.is_some(), new.phase)?;
    let expected_on = match (new.expected_on, new.done_on) {
        (_, Some(on)) => {
            not_in_future("done_on", on, context.at.today)?;
            new.expected_on.unwrap_or(on)
        }
        (Some(on), None) => to_come(context, "expected_on", on)?,
        (None, None) => {
            let text = ("Skriv, hvornår det ventes eller blev gjort.", "Write when it is expected or was done.");
            return fault("expected_on", Fault::new("required", text.0, text.1));
        }
    };
    let id = StepId::new(context.at);
    let words = StepWords { words: new.words.clone(), result: None, phase: new.phase, given_up: None };
    steps::insert(
        tx,
        &StepRow {
            sealed: sealed::STEP.seal(&context.services.keys, &id, &words)?,
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            kind: new.kind,
            expected_on,
            done_on: new.done_on,
            done_recorded_on: new.done_on.map(|_| context.at.today),
            cancelled_on: None,
            recorded_on: context.at.today,
            recorded_by: context.account()?.id.clone(),
            revision: 1,
            closing_id: None,
        },
    )?;
    citizens::look_again(tx, context.tenant, citizen, Some(context.at.today))?;
    Ok(id)
}

fn check_phase(kind: StepKind, done: bool, phase: Option<Phase>) -> Result<(), ActionError> {
    if phase.is_some() && (kind != StepKind::Conversation || !done) {
        let text = ("Hører kun til en samtale, der er holdt.", "Belongs to a conversation that was held only.");
        return fault("phase", Fault::new("no-conversation", text.0, text.1));
    }
    Ok(())
}

fn to_come(context: &Context, field: &str, day: NaiveDate) -> Result<NaiveDate, ActionError> {
    if day < context.at.today {
        return fault(field, Fault::new("in-the-past", "Kan ikke ligge før i dag.", "Cannot be before today."));
    }
    Ok(day)
}

/// An open step as it is found, with what is written of it.
fn open(tx: &mut Tx, context: &Context, seen: Seen, id: &StepId) -> Result<(StepRow, StepWords), ActionError> {
    let row = steps::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    open_citizen(tx, context, &row.citizen_id)?;
    if row.done_on.is_some() || row.cancelled_on.is_some() {
        return conflict("not-open", "Skridtet er gjort eller opgivet.", "The step is done or given up.");
    }
    let words = sealed::STEP.open(&context.services.keys, &row.id, &row.sealed)?;
    Ok((row, words))
}

fn save(tx: &mut Tx, context: &Context, mut row: StepRow, words: &StepWords) -> Result<(), ActionError> {
    row.sealed = sealed::STEP.seal(&context.services.keys, &row.id, words)?;
    row.revision += 1;
    steps::update(tx, &row)?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// Records that a step was done.
///
/// # Errors
/// Not found; changed since; done or given up; a day to come; a phase of what is no conversation.
pub fn finish(tx: &mut Tx, context: &Context, seen: Seen, id: &StepId, done: &StepDone) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let (mut row, mut words) = open(tx, context, seen, id)?;
    let on = done.on.unwrap_or(context.at.today);
    not_in_future("on", on, context.at.today)?;
    check_phase(row.kind, true, done.phase)?;
    row.done_on = Some(on);
    row.done_recorded_on = Some(context.at.today);
    words.result.clone_from(&done.result);
    words.phase = done.phase;
    save(tx, context, row, &words)
}

/// Gives a step another day.
///
/// # Errors
/// Not found; changed since; done or given up; a day that is past.
pub fn move_to(tx: &mut Tx, context: &Context, seen: Seen, id: &StepId, to: &StepMove) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let (mut row, words) = open(tx, context, seen, id)?;
    row.expected_on = to_come(context, "to", to.to)?;
    save(tx, context, row, &words)
}

/// Gives a step up.
///
/// # Errors
/// Not found; changed since; done or given up.
pub fn cancel(tx: &mut Tx, context: &Context, seen: Seen, id: &StepId, cancelling: &StepCancelling) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let (mut row, mut words) = open(tx, context, seen, id)?;
    row.cancelled_on = Some(context.at.today);
    words.given_up = Some(cancelling.reason.clone());
    save(tx, context, row, &words)
}

/// Gives up what is open when the course is closed.
///
/// # Errors
/// A failure of the database.
pub(super) fn close_with(tx: &mut Tx, context: &Context, citizen: &CitizenId, closing: &ClosingId) -> Result<(), ActionError> {
    for row in steps::of_citizen(tx, context.tenant, citizen)? {
        if row.done_on.is_none() && row.cancelled_on.is_none() {
            let closing_id = Some(closing.clone());
            let row = StepRow { cancelled_on: Some(context.at.today), closing_id, revision: row.revision + 1, ..row };
            steps::update(tx, &row)?;
        }
    }
    Ok(())
}

/// What was given up with a closing that was an error goes on.
///
/// # Errors
/// A failure of the database.
pub(super) fn go_on(tx: &mut Tx, context: &Context, citizen: &CitizenId, closing: &ClosingId) -> Result<(), ActionError> {
    for row in steps::of_citizen(tx, context.tenant, citizen)? {
        if row.closing_id.as_ref() == Some(closing) {
            steps::update(tx, &StepRow { cancelled_on: None, closing_id: None, revision: row.revision + 1, ..row })?;
        }
    }
    Ok(())
}
