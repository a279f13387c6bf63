//! The mentor learns what is agreed (S21): those who had one were brought to the bus and to work, and had their letters read to them.
//!
//! Promise: a mentor is told only where the citizen wants it (the e-mail address says so), only of what all three have agreed to, and
//! never of a decision, a reason or a need.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::internship::Internship,
        values::ids::{CitizenId, LetterId},
    },
    outbox::{emit::emit, event::Event, letters::MentorNews},
    store::{Tx, citizens, courses, internships},
};

/// Tells the mentor of what is in force, once for each version.
///
/// # Errors
/// A failure of the database.
pub fn tell(tx: &mut Tx, context: &Context, internship: &Internship) -> Result<(), ActionError> {
    let Some(version) = internship.in_force() else { return Ok(()) };
    write_to(tx, context, internship, MentorNews::Agreed { is_first: version.number == internship.first.number }, None)?;
    Ok(())
}

/// Tells a mentor who is new of every internship that is agreed.
///
/// # Errors
/// A failure of the database.
pub fn tell_of_all(tx: &mut Tx, context: &Context, citizen: &CitizenId) -> Result<(), ActionError> {
    let Some(course) = courses::load(tx, &context.services.keys, context.tenant, citizen)? else { return Ok(()) };
    for internship in course.internships.iter().filter(|own| !own.is_closed()) {
        tell(tx, context, internship)?;
    }
    Ok(())
}

/// Tells the mentor that an internship of which they had heard is cancelled.
///
/// # Errors
/// A failure of the database.
pub fn tell_cancelled(tx: &mut Tx, context: &Context, internship: &Internship) -> Result<(), ActionError> {
    if internship.in_force().is_some() {
        write_to(tx, context, internship, MentorNews::Cancelled, None)?;
    }
    Ok(())
}

/// Sends the mentor a new link.
///
/// # Errors
/// A failure of the database.
pub fn send_link(tx: &mut Tx, context: &Context, internship: &Internship, key: &str) -> Result<Option<LetterId>, ActionError> {
    write_to(tx, context, internship, MentorNews::Agreed { is_first: true }, Some(key))
}

fn write_to(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    news: MentorNews,
    mark: Option<&str>,
) -> Result<Option<LetterId>, ActionError> {
    let Some(row) = internships::find(tx, context.tenant, &internship.id)? else { return Ok(None) };
    let Some(citizen) = citizens::find(tx, context.tenant, &row.citizen_id)? else { return Ok(None) };
    let details = citizen.details(&context.services.keys)?;
    let (Some(name), Some(to)) = (&details.mentor, &details.mentor_email) else { return Ok(None) };
    Ok(emit(tx, context, Event::MentorTold { internship, news, name, to, mark })?)
}
