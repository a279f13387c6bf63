//! What was put right: what stood before, who put it right, when and why, and who was told.

use crate::{
    actions::{ActionError, error::corrupt},
    context::Context,
    domain::{
        people::{
            access::Permission,
            correction::{Corrected, CorrectionTold},
            read_log::PersonalData,
        },
        values::ids::{AccountId, CitizenId, CorrectionId, InternshipId},
    },
    store::{Conn, accounts, corrections, schema::CorrectionRow, sealed},
    views::{
        Representation, citizens,
        page::{Page, PageRequest, Pages},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A correction.
#[derive(Serialize, ToSchema)]
pub struct CorrectionView {
    pub id: CorrectionId,
    pub citizen: CitizenId,
    /// The internship that it belongs to, where it does.
    pub internship: Option<InternshipId>,
    pub what: Corrected,
    /// The id of what was wrong: of the internship, the follow-up, the answer, the outcome, the check, the citizen, or the record that was merged.
    pub subject: String,
    /// What stood before; only for those who may see citizens.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// For those who may see citizens, and whoever wrote them.
    pub reasons: Option<String>,
    pub by: AccountId,
    pub by_name: Option<String>,
    pub on: NaiveDate,
    pub told: CorrectionTold,
}

fn view(conn: &mut Conn, context: &Context, row: CorrectionRow) -> Result<CorrectionView, ActionError> {
    context.shows(&row.citizen_id, PersonalData::Correction);
    let keys = &context.services.keys;
    let sees_citizens = context.may(Permission::SeeCitizens);
    let reads_reasons = sees_citizens || context.account().is_ok_and(|account| account.id == row.corrected_by);
    let by_name = accounts::find(conn, &row.municipality, &row.corrected_by)?.map(|by| by.name);
    let before = sealed::CORRECTION_BEFORE.open(keys, &row.id, &row.stood_before)?;
    let before = serde_json::from_str(&before).map_err(|_| corrupt("what stood before"))?;
    Ok(CorrectionView {
        reasons: Some(sealed::CORRECTION_REASONS.open(keys, &row.id, &row.reasons)?).filter(|_| reads_reasons),
        told: serde_json::from_str(&row.told).map_err(|_| corrupt("who was told"))?,
        before: Some(before).filter(|_| sees_citizens),
        id: row.id,
        citizen: row.citizen_id,
        internship: row.internship_id,
        what: row.what,
        subject: row.subject,
        by_name,
        by: row.corrected_by,
        on: row.corrected_on,
    })
}

/// One correction, as whoever made it is answered.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &CorrectionId) -> Result<Representation<CorrectionView>, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let row = corrections::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    Ok(Representation::only(view(conn, context, row)?))
}

/// The corrections of a citizen's course, the newest first.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(
    conn: &mut Conn,
    context: &Context,
    citizen: &CitizenId,
    pages: &Pages,
) -> Result<Page<CorrectionView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::row(conn, context, citizen)?;
    let request = PageRequest::from(pages);
    let rows = corrections::page(conn, context.tenant, citizen, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| view(conn, context, row))
}
