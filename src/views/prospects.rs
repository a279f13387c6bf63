//! The prospects of a job at a workplace, in the company's own words.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::access::Permission,
        values::{
            ids::{ProspectId, WorkplaceId},
            text::WeeklyHours,
        },
    },
    store::{Conn, companies::prospects, schema::ProspectRow},
    views::{Representation, page::Page, workplaces},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ProspectView {
    pub id: ProspectId,
    pub workplace: WorkplaceId,
    pub position: String,
    pub weekly_hours: WeeklyHours,
    pub from: Option<NaiveDate>,
    pub condition: Option<String>,
    /// The company's own words.
    pub words: String,
    pub recorded_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
}

fn view(row: ProspectRow) -> ProspectView {
    ProspectView {
        id: row.id,
        workplace: row.workplace_id,
        position: row.position,
        weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes),
        from: row.from_on,
        condition: row.condition,
        words: row.words,
        recorded_on: row.recorded_on,
        withdrawn_on: row.withdrawn_on,
    }
}

/// The prospects of a job at a workplace.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<Page<ProspectView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let rows = prospects::of_workplace(conn, context.tenant, workplace)?;
    Ok(Page::whole(rows.into_iter().map(view).collect()))
}

/// One prospect.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &ProspectId) -> Result<Representation<ProspectView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = prospects::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(row), revision))
}
