//! The people at a workplace to whom letters go: a change of them is no change of an alignment (S1).

use crate::{
    actions::{ActionError, internships::inviting},
    context::{Context, Seen},
    domain::{
        input::MergePatch,
        people::access::Permission,
        values::{
            ids::{ContactId, WorkplaceId},
            text::{Email, Line, Text},
        },
    },
    store::{Tx, citizens, companies, schema::ContactRow},
};
use chrono::NaiveDate;

crate::input! {
    /// A person at a workplace.
    pub struct ContactDetails {
        pub name: Line,
        /// Letters go here.
        pub email: Option<Email>,
        pub phone: Option<Text<40>>,
        /// What the person does there.
        pub job: Option<Line>,
        /// The day on which the person left.
        pub left_on: Option<NaiveDate>,
    }
}

/// Some fields of it.
pub type ContactPatch = MergePatch<ContactDetails>;

fn contact_row(
    context: &Context,
    id: &ContactId,
    workplace: &WorkplaceId,
    details: &ContactDetails,
    revision: i32,
) -> ContactRow {
    ContactRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        workplace_id: workplace.clone(),
        name: details.name.to_string(),
        email: details.email.as_ref().map(|email| email.as_str().into()),
        phone: details.phone.as_ref().map(ToString::to_string),
        job: details.job.as_ref().map(ToString::to_string),
        left_on: details.left_on,
        revision,
    }
}

/// Adds a contact at a workplace.
///
/// # Errors
/// Not found.
pub fn add(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, details: &ContactDetails) -> Result<ContactId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    companies::workplaces::find(tx, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let id = ContactId::new(context.at);
    let there = companies::contacts::of_workplace(tx, context.tenant, workplace)?;
    let reached = there.iter().any(|contact| contact.email.is_some() && contact.left_on.is_none());
    companies::contacts::insert(tx, &contact_row(context, &id, workplace, details, 1))?;
    citizens::look_again_at(tx, context.tenant, workplace, context.at.today)?;
    if details.email.is_some() && !reached {
        // Where nobody had an address so far, there is one now.
        inviting::contact_moved_mailbox(tx, context, (workplace, &id), id.as_str())?;
    }
    Ok(id)
}

/// Changes a contact: no alignment is signed again for it.
///
/// # Errors
/// Not found; changed since.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &ContactId, details: &ContactDetails) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let row = companies::contacts::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    let changed = contact_row(context, id, &row.workplace_id, details, row.revision + 1);
    companies::contacts::update(tx, &changed)?;
    citizens::look_again_at(tx, context.tenant, &row.workplace_id, context.at.today)?;
    if changed.email != row.email || changed.left_on != row.left_on {
        inviting::contact_moved_mailbox(tx, context, (&row.workplace_id, id), &format!("{id}/{}", changed.revision))?;
    }
    Ok(())
}
