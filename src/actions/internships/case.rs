//! An internship as an action finds it: its row, the course it is part of, and what its start still misses.

use crate::{
    actions::{
        error::ActionError,
        people::closed::{check_open, check_unrestricted},
    },
    context::Context,
    domain::{
        internships::{course::Course, gate, internship::Internship},
        people::{citizen::Citizen, read_log::PersonalData},
        values::ids::InternshipId,
    },
    store::{Conn, Tx, courses, internships, schema::InternshipRow},
};

/// All that the gate misses of an internship that waits for its start; nothing where the rulebook has no gate for the citizen.
pub fn missing(context: &Context, citizen: &Citizen, internship: &Internship) -> Vec<gate::Lack> {
    let asked = context.services.book.asks(gate::RULE.figure, context.at.today, &citizen.target_group);
    if asked { gate::missing(internship) } else { Vec::new() }
}

/// An internship with its row and the course it is part of.
pub struct InternshipCase {
    pub row: InternshipRow,
    pub course: Course,
    pub internship: Internship,
}

/// Loads an internship of a municipality with its course, to change something about it.
///
/// # Errors
/// Not found; the course is closed; the data may only be kept; a failure of the database.
pub fn case(tx: &mut Tx, context: &Context, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    let case = case_to_see(tx, context, id)?;
    context.shows(&case.row.citizen_id, PersonalData::Internship);
    check_open(case.course.citizen.left.map(|left| left.on))?;
    check_unrestricted(tx, context, &case.row.citizen_id)?;
    Ok(case)
}

/// The same even where it was registered in error: to show it as what it is.
///
/// # Errors
/// Not found, or a failure of the database.
pub fn case_even_in_error(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    let row = internships::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let course = courses::load(conn, &context.services.keys, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let wrong = course.internships_in_error.iter().map(|own| &own.what);
    let internship = course.internships.iter().chain(wrong).find(|own| own.id == *id).cloned().ok_or(ActionError::NotFound)?;
    Ok(InternshipCase { row, course, internship })
}

/// The same only to look at it, the course closed or not.
///
/// # Errors
/// Not found, or a failure of the database.
pub fn case_to_see(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    let row = internships::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let course = courses::load(conn, &context.services.keys, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let internship = course.internship(id).cloned().ok_or(ActionError::NotFound)?;
    Ok(InternshipCase { row, course, internship })
}
