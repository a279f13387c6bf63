//! The one place where an internship that is on record is saved, with its plain columns.

use crate::{
    actions::ActionError,
    context::Context,
    domain::internships::internship::Internship,
    store::{Tx, citizens, companies, internship_facts, internships, schema::InternshipRow},
};

/// Saves a changed internship: a new revision, and the schedule evaluates the citizen and the workplace again.
///
/// # Errors
/// A failure of the database.
pub fn save(tx: &mut Tx, context: &Context, row: InternshipRow) -> Result<(), ActionError> {
    let row = save_row(tx, context, row)?;
    Ok(internship_facts::reread(tx, &context.services.keys, context.tenant, &row.citizen_id, &row.id)?)
}

/// The same where the internship is at hand as it is after the change: nothing is read again.
///
/// # Errors
/// A failure of the database.
pub fn save_as(tx: &mut Tx, context: &Context, row: InternshipRow, changed: &Internship) -> Result<(), ActionError> {
    save_row(tx, context, row)?;
    Ok(internship_facts::update(tx, context.tenant, changed)?)
}

fn save_row(tx: &mut Tx, context: &Context, mut row: InternshipRow) -> Result<InternshipRow, ActionError> {
    row.revision += 1;
    internships::update(tx, &row)?;
    companies::workplaces::look_again(tx, context.tenant, &row.workplace_id, Some(context.at.today))?;
    citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?;
    Ok(row)
}
