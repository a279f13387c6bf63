//! Whether letters reach citizen and company: what an evaluation has to know, and a registration has not.

use crate::{
    context::Context,
    domain::{
        internships::{
            alignment::Party,
            course::Course,
            internship::{Internship, Unreachable},
        },
        values::copenhagen,
    },
    outbox::recipients,
    store::{Conn, StoreError, internships, letters},
};

/// Finds, for each internship of a course that is not closed, who of citizen and company is not reached at the address on record.
///
/// # Errors
/// A failure of the database.
pub fn find_unreachable(conn: &mut Conn, context: &Context, course: &mut Course) -> Result<(), StoreError> {
    let citizen = course.citizen.id.clone();
    for internship in course.internships.iter_mut().filter(|internship| !internship.is_closed()) {
        let Some(row) = internships::find(conn, context.tenant, &internship.id)? else { continue };
        let addresses = recipients::addresses(conn, context, &citizen, row.contact_id.as_ref(), &row.workplace_id)?;
        let parties = [(Party::Citizen, addresses.citizen), (Party::Company, addresses.company)];
        let mut unreachable = Vec::new();
        for (party, address) in parties {
            unreachable.extend(of_party(conn, context, internship, party, address.as_deref())?);
        }
        internship.unreachable = unreachable;
    }
    Ok(())
}

fn of_party(
    conn: &mut Conn,
    context: &Context,
    internship: &Internship,
    party: Party,
    address: Option<&str>,
) -> Result<Option<Unreachable>, StoreError> {
    let Some(address) = address else { return Ok(Some(Unreachable { party, since: None })) };
    let refused = letters::refused_last(conn, &context.services.keys, context.tenant, &internship.reference, address)?;
    Ok(refused.map(|at| Unreachable { party, since: Some(copenhagen::at(at.and_utc()).today) }))
}
