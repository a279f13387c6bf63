//! The one place where an internship that is on record is saved, with its plain columns.

use crate::{
    actions::ActionError,
    context::Context,
    store::{Tx, citizens, companies, internship_facts, internships, schema::InternshipRow},
};

/// Saves a changed internship: a new revision, and the schedule evaluates the citizen and the workplace again.
///
/// # Errors
/// A failure of the database.
pub fn save(tx: &mut Tx, context: &Context, mut row: InternshipRow) -> Result<(), ActionError> {
    row.revision += 1;
    internships::update(tx, &row)?;
    internship_facts::save(tx, &context.services.keys, context.tenant, &row.citizen_id, &row.id)?;
    companies::workplaces::look_again(tx, context.tenant, &row.workplace_id, Some(context.at.today))?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}
