//! The contacts who work at a workplace.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::access::Permission,
        values::ids::{ContactId, WorkplaceId},
    },
    store::{Conn, companies::contacts, schema::ContactRow},
    views::{Representation, page::Page, workplaces},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ContactView {
    pub id: ContactId,
    pub workplace: WorkplaceId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub job: Option<String>,
    pub left_on: Option<NaiveDate>,
}

fn view(row: ContactRow) -> ContactView {
    ContactView {
        id: row.id,
        workplace: row.workplace_id,
        name: row.name,
        email: row.email,
        phone: row.phone,
        job: row.job,
        left_on: row.left_on,
    }
}

/// The contacts at a workplace.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<Page<ContactView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let rows = contacts::of_workplace(conn, context.tenant, workplace)?;
    Ok(Page::whole(rows.into_iter().map(view).collect()))
}

/// One contact.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &ContactId) -> Result<Representation<ContactView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = contacts::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(row), revision))
}
