//! Openings follow what they belong to: they lie where their workplace lies, and close with it and with its company.

use crate::{
    actions::{
        ActionError,
        companies::openings::days::{lie_at, shut},
    },
    domain::values::day::{At, plus},
    store::{
        Tx, openings,
        schema::{CompanyRow, OpeningRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;

/// What has become of a workplace: its openings lie where it lies, and close when it or its company has closed.
///
/// # Errors
/// A failure of the database.
pub fn follow_workplace(tx: &mut Tx, at: At, place: &WorkplaceRow) -> Result<(), ActionError> {
    let tenant = place.municipality.clone();
    for mut row in openings::open_at(tx, &tenant, &place.id)? {
        lie_at(&mut row, place);
        end_with(tx, at, row, place.closed_on, "Arbejdspladsen er lukket.")?;
    }
    Ok(())
}

/// Closes an opening with what it belongs to; before that day it ends on the last day that is left, and nobody is reminded.
fn end_with(tx: &mut Tx, at: At, mut row: OpeningRow, closes_on: Option<NaiveDate>, reason: &str) -> Result<(), ActionError> {
    match closes_on {
        Some(day) if day <= at.today => return shut(tx, at, row, reason),
        Some(day) if day <= row.expires_on => {
            row.expires_on = plus(day, -1);
            row.remind_on = None;
        }
        _ => {}
    }
    Ok(openings::update(tx, &row)?)
}

/// What has become of a company: its openings close when it has closed, and end when it will.
///
/// # Errors
/// A failure of the database.
pub fn follow_company(tx: &mut Tx, at: At, company: &CompanyRow) -> Result<(), ActionError> {
    if company.closed_on.is_none() {
        return Ok(());
    }
    let tenant = company.municipality.clone();
    for row in openings::open_of_company(tx, &tenant, &company.id)? {
        end_with(tx, at, row, company.closed_on, "Virksomheden er lukket.")?;
    }
    Ok(())
}
