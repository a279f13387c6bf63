//! Openings are offered, changed, renewed and closed.

use crate::{
    actions::{
        ActionError,
        companies::openings::{
            days::{expiry, last_day, shut, stand_until},
            details::{OpeningDetails, fill},
        },
        error::conflict,
    },
    context::{Context, Seen},
    domain::{
        input::Faults,
        people::access::Permission,
        values::{
            ids::{OpeningId, WorkplaceId},
            text::Line,
        },
    },
    store::{
        Conn, Tx, companies, openings,
        schema::{CompanyRow, OpeningRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// An opening stands on.
    pub struct Renewal {
        /// The last day on which it stands; left out: as the rulebook says.
        pub expires_on: Option<NaiveDate>,
    }
}

crate::input! {
    /// An opening is no longer there.
    pub struct Closure {
        pub reason: Line,
    }
}

/// The workplace with its company, neither of them closed.
fn place(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<(WorkplaceRow, CompanyRow), ActionError> {
    let place = companies::workplaces::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let company = companies::find(conn, context.tenant, &place.company_id)?.ok_or(ActionError::NotFound)?;
    if last_day(&place, &company).is_some_and(|day| day < context.at.today) {
        return conflict("workplace-closed", "Arbejdspladsen er lukket.", "The workplace has closed.");
    }
    Ok((place, company))
}

/// Registers an opening at a workplace.
///
/// # Errors
/// Not found; closed; fields that do not fit; recruitment without a job in sight.
pub fn offer(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    details: &OpeningDetails,
) -> Result<OpeningId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let (place, company) = place(tx, context, workplace)?;
    let id = OpeningId::new(context.at);
    let mut row = OpeningRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        company_id: place.company_id.clone(),
        workplace_id: place.id.clone(),
        kind: details.kind,
        occupation: String::new(),
        tasks: String::new(),
        least_minutes: 0,
        most_minutes: 0,
        times: String::new(),
        languages: String::new(),
        accommodations: String::new(),
        prospect_id: None,
        contact_id: None,
        from_on: details.from,
        places: 1,
        words: None,
        expires_on: context.at.today,
        closed_on: None,
        close_reason: None,
        kept_by: context.account()?.id.clone(),
        remind_on: None,
        latitude: None,
        longitude: None,
        placed_by: None,
        cell: None,
        standing: place.standing,
        revision: 0,
    };
    fill(tx, context, &mut row, details, &place, &company)?;
    openings::insert(tx, &row)?;
    companies::workplaces::look_again(tx, context.tenant, workplace, Some(context.at.today))?;
    Ok(id)
}

fn find(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId) -> Result<OpeningRow, ActionError> {
    let row = openings::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if row.closed_on.is_some() {
        return conflict("closed", "Åbningen er lukket. Registrér en ny.", "The opening is closed. Register a new one.");
    }
    Ok(row)
}

/// Changes an opening.
///
/// # Errors
/// Not found; changed since; closed; as [`offer`].
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, details: &OpeningDetails) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = find(tx, context, seen, id)?;
    let (place, company) = place(tx, context, &row.workplace_id)?;
    fill(tx, context, &mut row, details, &place, &company)?;
    Ok(openings::update(tx, &row)?)
}

/// Lets an opening stand on; one that has expired stands again.
///
/// # Errors
/// Not found; changed since; closed; a day that does not fit.
pub fn renew(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, renewal: &Renewal) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = find(tx, context, seen, id)?;
    let (place, company) = place(tx, context, &row.workplace_id)?;
    let mut faults = Faults::default();
    let day = expiry(context, renewal.expires_on, last_day(&place, &company), &mut faults);
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    stand_until(context, &mut row, day);
    row.revision += 1;
    Ok(openings::update(tx, &row)?)
}

/// Closes an opening, with the reason.
///
/// # Errors
/// Not found; changed since; closed already.
pub fn close(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, closure: &Closure) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let row = find(tx, context, seen, id)?;
    companies::workplaces::look_again(tx, context.tenant, &row.workplace_id, Some(context.at.today))?;
    shut(tx, context.at, row, closure.reason.as_str())
}
