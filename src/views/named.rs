//! Things with the names of those around them, for pages: a person reads names, not ids.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::follow_up::Planned,
        people::access::Permission,
        values::{
            day::plus,
            ids::{InternshipId, OpeningId},
        },
    },
    outbox::about,
    store::{Conn, companies, follow_ups, internships, openings},
    views::openings::{OpeningView, view},
};
use chrono::NaiveDate;

/// An opening with where it is and whom to ask.
pub struct NamedOpening {
    pub opening: OpeningView,
    pub workplace: String,
    pub p_number: String,
    /// Name and telephone number.
    pub contact: Option<String>,
}

/// Finds one.
///
/// # Errors
/// Not for this role; not found.
pub fn opening(conn: &mut Conn, context: &Context, id: &OpeningId) -> Result<NamedOpening, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = openings::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let place = companies::workplaces::find(conn, context.tenant, &row.workplace_id)?.ok_or(ActionError::NotFound)?;
    let contact = match &row.contact_id {
        Some(contact) => companies::contacts::find(conn, context.tenant, contact)?,
        None => companies::contacts::of_workplace(conn, context.tenant, &row.workplace_id)?.into_iter().next(),
    };
    let contact = contact.map(|own| [Some(own.name), own.phone].into_iter().flatten().collect::<Vec<_>>().join(", "));
    let opening = view(row, context.at.today)?;
    Ok(NamedOpening { opening, workplace: place.name, p_number: place.p_number, contact })
}

/// A follow-up that is to be held.
pub struct NamedFollowUp {
    pub on: NaiveDate,
    pub kind: Planned,
    /// *Anna (Netto Risskov)*.
    pub case: String,
    pub internship: InternshipId,
}

/// How far back somebody's overdue follow-ups are shown.
const BACK: i64 = 60;

/// The asker's own follow-ups that are to be held, up to a day: overdue ones first.
///
/// # Errors
/// Not for this role.
pub fn follow_ups_until(conn: &mut Conn, context: &Context, until: NaiveDate) -> Result<Vec<NamedFollowUp>, ActionError> {
    let account = context.authorize(Permission::SeeCitizens)?;
    let mut found = Vec::new();
    for (consultant, id) in follow_ups::ahead(conn, context.tenant, plus(context.at.today, -BACK), until)? {
        if consultant != account.id {
            continue;
        }
        let Some(row) = follow_ups::find(conn, context.tenant, &id)? else { continue };
        let Some(internship) = internships::find(conn, context.tenant, &row.internship_id)? else { continue };
        let case = about::names(conn, context, &internship)?.case.short();
        found.push(NamedFollowUp { on: row.due_on, kind: row.kind, case, internship: internship.id });
    }
    Ok(found)
}
