//! Leaving: the course of a citizen who dies, moves, or goes otherwise is closed, and can be opened again.
//!
//! Promise: with the closing everything open is closed in the same transaction: internships, follow-ups, links, letters that wait,
//! flags; nobody is written to but those who are named, and never somebody who is dead. What was closed in error goes on as if it had
//! not been; what was closed rightly stays ended when the citizen comes back.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        flags::evaluate::evaluate_citizen,
        internships::{follow_ups, save::save},
        people::{
            closed::{check_unrestricted, citizen, open_citizen},
            steps,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::internship::{Ended, Ending, Internship},
        people::{
            access::Permission,
            leaving::{Informed, Leaving},
        },
        values::{
            day::plus,
            ids::{CitizenId, ClosingId},
            text::Prose,
        },
    },
    outbox::{emit::emit, event::Event, recipients},
    store::{
        Tx, citizens, closings, courses, internships, letters,
        schema::{CitizenRow, ClosingRow, InternshipRow},
        sealed,
    },
};
use chrono::NaiveDate;

/// So many days after it was recorded a consultant can say that a closing was registered in error; later a team leader.
const IN_ERROR_DAYS: i64 = 14;
const WHY: &str = "Borgerens forløb er lukket.";

crate::input! {
    /// That a citizen leaves.
    pub struct Closing {
        pub how: Leaving,
        /// The day on which it happened, today or before; left out: today.
        pub on: Option<NaiveDate>,
        /// Why; needed where the citizen has neither died nor moved.
        pub reasons: Option<Prose>,
        /// Who is written to; left out: nobody.
        pub write_to: Option<Vec<Informed>>,
    }
}

crate::input! {
    /// That a closed course goes on.
    pub struct Reopening {
        pub reasons: Prose,
        /// The closing was wrong: internships that it ended or cancelled go on. Otherwise the citizen has come back, and they stay
        /// ended.
        pub registered_in_error: bool,
    }
}

/// Closes a citizen's course.
///
/// # Errors
/// Not found; changed since; closed already; a day to come; no reasons where they are needed; a letter to somebody who is dead.
pub fn close(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, closing: &Closing) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let row = open_citizen(tx, context, id)?;
    seen.check(row.revision)?;
    let on = closing.on.unwrap_or(context.at.today);
    not_in_future("on", on, context.at.today)?;
    if closing.how == Leaving::Closed && closing.reasons.is_none() {
        return fault("reasons", Fault::new("required", "Skriv, hvorfor forløbet lukkes.", "Write why the course is closed."));
    }
    let write_to = closing.write_to.as_deref().unwrap_or_default();
    if closing.how == Leaving::Died && write_to.contains(&Informed::Citizen) {
        let text = ("Der skrives ikke til en borger, der er død.", "A citizen who is dead is not written to.");
        return fault("write_to", Fault::new("citizen-died", text.0, text.1));
    }
    let made = record(tx, context, &row, closing, on)?;
    let course = courses::load(tx, &context.services.keys, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let references: Vec<String> = course.internships.iter().map(|internship| internship.reference.clone()).collect();
    letters::drop_of_cases(tx, context.tenant, &references, context.at.instant.naive_utc())?;
    for internship in course.internships {
        if internship.ended.is_none() && internship.cancelled_on.is_none() {
            let company = write_to.contains(&Informed::Company);
            close_internship(tx, context, internship, &made, on, company)?;
        }
    }
    steps::close_with(tx, context, id, &made)?;
    let address = row.email(&context.services.keys)?;
    if let Some(to) = address.as_deref().filter(|_| write_to.contains(&Informed::Citizen)) {
        emit(tx, context, Event::CourseClosed { closing: &made, citizen: id, internship: None, reference: &row.reference, to })?;
    }
    evaluate_citizen(tx, context, id)?;
    Ok(())
}

fn record(tx: &mut Tx, context: &Context, row: &CitizenRow, closing: &Closing, on: NaiveDate) -> Result<ClosingId, ActionError> {
    let id = ClosingId::new(context.at);
    let reasons = closing.reasons.as_ref().map(|words| words.to_string());
    let reasons = reasons.map(|words| sealed::CLOSING_REASONS.seal(&context.services.keys, &id, &words)).transpose()?;
    closings::insert(
        tx,
        &ClosingRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: row.id.clone(),
            how: closing.how,
            left_on: on,
            reasons,
            recorded_on: context.at.today,
            recorded_by: context.account()?.id.clone(),
            reopened_on: None,
            reopened_by: None,
            reopening_reasons: None,
            was_in_error: None,
        },
    )?;
    citizens::update(tx, &CitizenRow { closed_since: Some(on), revision: row.revision + 1, ..row.clone() })?;
    Ok(id)
}

/// One that runs ends; one that has not begun is cancelled.
fn close_internship(
    tx: &mut Tx,
    context: &Context,
    internship: Internship,
    closing: &ClosingId,
    on: NaiveDate,
    write_to_company: bool,
) -> Result<(), ActionError> {
    let row = internships::find(tx, context.tenant, &internship.id)?.ok_or(ActionError::NotFound)?;
    let (citizen, today) = (row.citizen_id.clone(), context.at.today);
    let mut row = InternshipRow { closing_id: Some(closing.clone()), ..row };
    let ended = internship.stay().map(|stay| on.clamp(stay.first, stay.last));
    match ended {
        Some(last) => {
            (row.last_day, row.ending, row.end_recorded_on) = (Some(last), Some(Ending::Left), Some(today));
        }
        None => {
            let why = sealed::CANCEL_REASON.seal(&context.services.keys, &row.id, &WHY.to_owned())?;
            (row.cancelled_on, row.cancel_reason) = (Some(today), Some(why));
        }
    }
    let addresses = recipients::addresses(tx, context, &citizen, row.contact_id.as_ref(), &row.workplace_id)?;
    if let Some(to) = addresses.company.as_deref().filter(|_| write_to_company) {
        let (own, reference) = (Some(&internship.id), &internship.reference);
        emit(tx, context, Event::CourseClosed { closing, citizen: &citizen, internship: own, reference, to })?;
    }
    save(tx, context, row)?;
    let Some(last_day) = ended else { return Ok(()) };
    let ended = Ended { last_day, how: Ending::Left, by: None, note: None, recorded_on: today };
    follow_ups::replan(tx, context, &citizen, &Internship { ended: Some(ended), ..internship })
}

/// Opens a closed course again.
///
/// # Errors
/// Not found; changed since; not closed; registered in error, said late by somebody who is no team leader.
pub fn reopen(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, reopening: &Reopening) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let row = citizen(tx, context, id)?;
    seen.check(row.revision)?;
    check_unrestricted(tx, context, id)?;
    let standing = closings::standing(tx, context.tenant, id)?.filter(|_| row.closed_since.is_some());
    let Some(mut closing) = standing else {
        return conflict("not-closed", "Borgerens forløb er ikke lukket.", "The citizen's course is not closed.");
    };
    let late = context.at.today > plus(closing.recorded_on, IN_ERROR_DAYS);
    if reopening.registered_in_error && late && !context.may(Permission::Lead) {
        return conflict(
            "late",
            format!("Efter {IN_ERROR_DAYS} dage er det teamlederen, der retter en lukning, som var en fejl."),
            format!("After {IN_ERROR_DAYS} days it is the team leader who puts right a closing that was an error."),
        );
    }
    let words = reopening.reasons.to_string();
    closing.reopened_on = Some(context.at.today);
    closing.reopened_by = Some(context.account()?.id.clone());
    closing.reopening_reasons = Some(sealed::REOPENING_REASONS.seal(&context.services.keys, &closing.id, &words)?);
    closing.was_in_error = Some(reopening.registered_in_error);
    closings::update(tx, &closing)?;
    let row = CitizenRow {
        closed_since: None,
        reopened_on: Some(context.at.today),
        revision: row.revision + 1,
        look_on: Some(context.at.today),
        ..row
    };
    citizens::update(tx, &row)?;
    if reopening.registered_in_error {
        go_on(tx, context, &closing)?;
    }
    Ok(())
}

/// What a closing ended or cancelled goes on.
fn go_on(tx: &mut Tx, context: &Context, closing: &ClosingRow) -> Result<(), ActionError> {
    steps::go_on(tx, context, &closing.citizen_id, &closing.id)?;
    let closed = closings::closed_by(tx, context.tenant, closing)?;
    for id in &closed {
        let mut row = internships::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
        row.closing_id = None;
        if row.ending == Some(Ending::Left) {
            (row.last_day, row.ending, row.end_recorded_on) = (None, None, None);
        } else {
            (row.cancelled_on, row.cancel_reason) = (None, None);
        }
        save(tx, context, row)?;
    }
    let course = courses::load(tx, &context.services.keys, context.tenant, &closing.citizen_id)?.ok_or(ActionError::NotFound)?;
    for internship in course.internships.iter().filter(|internship| closed.contains(&internship.id)) {
        follow_ups::replan(tx, context, &closing.citizen_id, internship)?;
    }
    Ok(())
}
