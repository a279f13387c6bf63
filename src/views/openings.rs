//! Openings and approaches.

use crate::{
    actions::{ActionError, companies::openings::in_force},
    domain::{
        companies::{
            approach::ApproachVia,
            opening::{HoursRange, Language, TimeOfDay},
        },
        internships::purpose::Kind,
        values::{
            geo::{PlacedBy, degrees},
            ids::{AccountId, ApproachId, CompanyId, ContactId, OpeningId, ProspectId, WorkplaceId},
            text::WeeklyHours,
            vocabulary::Term,
        },
    },
    store::schema::{ApproachRow, OpeningRow},
    views::corrupt,
};
use chrono::NaiveDate;
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct OpeningView {
    pub id: OpeningId,
    pub company: CompanyId,
    pub workplace: WorkplaceId,
    pub kind: Kind,
    pub occupation: Term,
    pub tasks: Vec<Term>,
    pub hours: HoursRange,
    /// Empty: any time.
    pub times: Vec<TimeOfDay>,
    pub languages: Vec<Language>,
    pub accommodations: Vec<Term>,
    pub prospect: Option<ProspectId>,
    pub contact: Option<ContactId>,
    pub from: NaiveDate,
    pub places: i32,
    pub words: Option<String>,
    /// The last day on which it stands.
    pub expires_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub close_reason: Option<String>,
    /// Whether it stands today.
    pub in_force: bool,
    /// Who keeps it and is reminded before it expires.
    pub kept_by: AccountId,
    /// Where its workplace lies, as exactly as `placed_by` says.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub placed_by: Option<PlacedBy>,
}

fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, ActionError> {
    serde_json::from_str(text).map_err(|_| corrupt("a list of an opening"))
}

pub fn opening(row: OpeningRow, today: NaiveDate) -> Result<OpeningView, ActionError> {
    Ok(OpeningView {
        in_force: in_force(&row, today),
        kind: Kind::parse(&row.kind).ok_or_else(|| corrupt("a kind"))?,
        occupation: Term::parse(&row.occupation).ok_or_else(|| corrupt("an occupation"))?,
        tasks: list(&row.tasks)?,
        hours: HoursRange { from: WeeklyHours::from_minutes(row.least_minutes), to: WeeklyHours::from_minutes(row.most_minutes) },
        times: list(&row.times)?,
        languages: list(&row.languages)?,
        accommodations: list(&row.accommodations)?,
        prospect: row.prospect_id.map(ProspectId::stored),
        contact: row.contact_id.map(ContactId::stored),
        from: row.from_on,
        places: row.places,
        words: row.words,
        expires_on: row.expires_on,
        closed_on: row.closed_on,
        close_reason: row.close_reason,
        kept_by: AccountId::stored(row.kept_by),
        latitude: row.latitude.map(degrees),
        longitude: row.longitude.map(degrees),
        placed_by: row.placed_by.as_deref().and_then(PlacedBy::parse),
        id: OpeningId::stored(row.id),
        company: CompanyId::stored(row.company_id),
        workplace: WorkplaceId::stored(row.workplace_id),
    })
}

#[derive(Serialize, ToSchema)]
pub struct ApproachView {
    pub id: ApproachId,
    pub company: CompanyId,
    pub workplace: WorkplaceId,
    pub opening: Option<OpeningId>,
    pub made_on: NaiveDate,
    pub made_by: AccountId,
    pub via: ApproachVia,
    pub invited: bool,
    pub words: Option<String>,
}

pub fn approach(row: ApproachRow) -> Result<ApproachView, ActionError> {
    Ok(ApproachView {
        id: ApproachId::stored(row.id),
        company: CompanyId::stored(row.company_id),
        workplace: WorkplaceId::stored(row.workplace_id),
        opening: row.opening_id.map(OpeningId::stored),
        made_on: row.made_on,
        made_by: AccountId::stored(row.made_by),
        via: ApproachVia::parse(&row.via).ok_or_else(|| corrupt("a way"))?,
        invited: row.invited,
        words: row.words,
    })
}
