//! Who works at a workplace: ordinary staff month by month, and persons whom others have placed there.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::access::Permission,
        values::{
            ids::WorkplaceId,
            text::{FullTime, WeeklyHours},
        },
    },
    store::{
        Conn,
        companies::staff,
        schema::{PlacedByOthersRow, StaffRow},
    },
    views::{page::Page, workplaces},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct StaffView {
    /// Written 2026-08.
    pub month: String,
    pub full_time: FullTime,
}

fn view(row: StaffRow) -> StaffView {
    StaffView { month: row.month.format("%Y-%m").to_string(), full_time: FullTime::from_hundredths(row.hundredths) }
}

/// Ordinary staff at a workplace, month by month.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<Page<StaffView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let rows = staff::of_workplace(conn, context.tenant, workplace)?;
    Ok(Page::whole(rows.into_iter().map(view).collect()))
}

/// Persons whom others have placed at a workplace.
#[derive(Serialize, ToSchema)]
pub struct PlacedView {
    pub as_of: NaiveDate,
    pub persons: i32,
    /// Of each; null where nobody is there any more.
    pub weekly_hours: Option<WeeklyHours>,
}

fn placed(row: PlacedByOthersRow) -> PlacedView {
    let weekly_hours = Some(WeeklyHours::from_minutes(row.weekly_minutes)).filter(|hours| hours.minutes() > 0);
    PlacedView { as_of: row.as_of, persons: row.persons, weekly_hours }
}

/// Persons whom others have placed at a workplace, the latest report first; the latest counts for the ratio.
///
/// # Errors
/// Not for this role; not found.
pub fn placed_by_others(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<Page<PlacedView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let rows = staff::others(conn, context.tenant, workplace)?;
    Ok(Page::whole(rows.into_iter().map(placed).collect()))
}
