//! Days on which a workplace is closed.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::access::Permission,
        values::ids::{AccountId, ClosureId, WorkplaceId},
    },
    store::{Conn, closures, schema::ClosureRow},
    views::{Representation, page::Page, workplaces},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ClosureView {
    pub id: ClosureId,
    pub workplace: WorkplaceId,
    pub from: NaiveDate,
    /// The last day, inclusive.
    pub to: NaiveDate,
    pub recorded_on: NaiveDate,
    pub recorded_by: AccountId,
    /// The day on which it was registered in error: it counts nowhere.
    pub in_error_on: Option<NaiveDate>,
    pub in_error_because: Option<String>,
}

fn view(row: ClosureRow) -> ClosureView {
    ClosureView {
        id: row.id,
        workplace: row.workplace_id,
        from: row.from_on,
        to: row.to_on,
        recorded_on: row.recorded_on,
        recorded_by: row.recorded_by,
        in_error_on: row.in_error_on,
        in_error_because: row.in_error_because,
    }
}

/// Those of a workplace that count, in order of their days.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<Page<ClosureView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let rows = closures::of_workplace(conn, context.tenant, workplace)?;
    Ok(Page::whole(rows.into_iter().map(view).collect()))
}

/// One of them.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &ClosureId) -> Result<Representation<ClosureView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = closures::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(row), revision))
}
