//! Companies, workplaces, contacts, staff, prospects.

use crate::{
    domain::values::{
        geo::{PlacedBy, degrees},
        ids::{AccountId, CompanyId, ContactId, ProspectId, WorkplaceId},
        text::{FullTime, WeeklyHours},
    },
    store::schema::{CompanyRow, ContactRow, PlacedByOthersRow, ProspectRow, StaffRow, WorkplaceRow},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct CompanyView {
    pub id: CompanyId,
    pub cvr: String,
    pub name: String,
    pub industry: Option<String>,
    pub industry_scheme: Option<String>,
    pub form: Option<String>,
    /// `reklamebeskyttet`: no unsolicited mail.
    pub advertising_protected: bool,
    /// How often it may be approached in a month; null: as the rulebook says.
    pub approaches_at_most: Option<i32>,
    pub closed_on: Option<NaiveDate>,
    pub liaison: AccountId,
}

pub fn company(row: CompanyRow) -> CompanyView {
    CompanyView {
        id: CompanyId::stored(row.id),
        cvr: row.cvr,
        name: row.name,
        industry: row.industry,
        industry_scheme: row.industry_scheme,
        form: row.form,
        advertising_protected: row.advertising_protected,
        approaches_at_most: row.approaches_at_most,
        closed_on: row.closed_on,
        liaison: AccountId::stored(row.liaison_id),
    }
}

#[derive(Serialize, ToSchema)]
pub struct WorkplaceView {
    pub id: WorkplaceId,
    pub company: CompanyId,
    pub p_number: String,
    pub name: String,
    pub address: Option<String>,
    /// Its own; null: the company's.
    pub industry: Option<String>,
    pub industry_scheme: Option<String>,
    /// The municipality that it lies in.
    pub lies_in: Option<String>,
    pub postcode: Option<String>,
    pub city: Option<String>,
    /// Degrees north and east (WGS 84), as exactly as `placed_by` says.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub placed_by: Option<PlacedBy>,
    /// Employees as the register gives them, a figure or an interval.
    pub staff_low: Option<i32>,
    pub staff_high: Option<i32>,
    pub closed_on: Option<NaiveDate>,
    /// Null: not asked.
    pub foresees_vacancy: Option<bool>,
    pub asked_on: Option<NaiveDate>,
}

pub fn workplace(row: WorkplaceRow) -> WorkplaceView {
    WorkplaceView {
        id: WorkplaceId::stored(row.id),
        company: CompanyId::stored(row.company_id),
        p_number: row.p_number,
        name: row.name,
        address: row.address,
        industry: row.industry,
        industry_scheme: row.industry_scheme,
        lies_in: row.lies_in,
        postcode: row.postcode,
        city: row.city,
        latitude: row.latitude.map(degrees),
        longitude: row.longitude.map(degrees),
        placed_by: row.placed_by.as_deref().and_then(PlacedBy::parse),
        staff_low: row.staff_low,
        staff_high: row.staff_high,
        closed_on: row.closed_on,
        foresees_vacancy: row.foresees_vacancy,
        asked_on: row.asked_on,
    }
}

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

pub fn contact(row: ContactRow) -> ContactView {
    ContactView {
        id: ContactId::stored(row.id),
        workplace: WorkplaceId::stored(row.workplace_id),
        name: row.name,
        email: row.email,
        phone: row.phone,
        job: row.job,
        left_on: row.left_on,
    }
}

#[derive(Serialize, ToSchema)]
pub struct StaffView {
    /// Written 2026-08.
    pub month: String,
    pub full_time: FullTime,
}

pub fn staff(row: StaffRow) -> StaffView {
    StaffView { month: row.month.format("%Y-%m").to_string(), full_time: FullTime::from_hundredths(row.hundredths) }
}

/// Persons whom others have placed at a workplace.
#[derive(Serialize, ToSchema)]
pub struct PlacedView {
    pub as_of: NaiveDate,
    pub persons: i32,
    /// Of each; null where nobody is there any more.
    pub weekly_hours: Option<WeeklyHours>,
}

pub fn placed(row: PlacedByOthersRow) -> PlacedView {
    let weekly_hours = Some(WeeklyHours::from_minutes(row.weekly_minutes)).filter(|hours| hours.minutes() > 0);
    PlacedView { as_of: row.as_of, persons: row.persons, weekly_hours }
}

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

pub fn prospect(row: ProspectRow) -> ProspectView {
    ProspectView {
        id: ProspectId::stored(row.id),
        workplace: WorkplaceId::stored(row.workplace_id),
        position: row.position,
        weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes),
        from: row.from_on,
        condition: row.condition,
        words: row.words,
        recorded_on: row.recorded_on,
        withdrawn_on: row.withdrawn_on,
    }
}
