//! Whether the data of a citizen may only be kept, and until when it is kept.

use crate::{
    actions::{ActionError, people::erasing},
    context::Context,
    domain::values::ids::{AccountId, CitizenId, RestrictionId},
    store::{
        Conn, restrictions,
        schema::{CitizenRow, RestrictionRow},
        sealed,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// That the data could only be kept, from a day on (GDPR art. 18).
#[derive(Serialize, ToSchema)]
pub struct RestrictionView {
    pub id: RestrictionId,
    pub since: NaiveDate,
    pub restricted_by: AccountId,
    pub reasons: String,
    /// Null while it stands.
    pub lifted_on: Option<NaiveDate>,
    pub lifted_by: Option<AccountId>,
    pub lifting_reasons: Option<String>,
}

fn view(context: &Context, row: RestrictionRow) -> Result<RestrictionView, ActionError> {
    let keys = &context.services.keys;
    let lifting = row.lifting_reasons.as_ref().map(|text| sealed::LIFTING_REASONS.open(keys, &row.id, text)).transpose()?;
    Ok(RestrictionView {
        since: row.since,
        restricted_by: row.restricted_by,
        reasons: sealed::RESTRICTION_REASONS.open(keys, &row.id, &row.reasons)?,
        lifted_on: row.lifted_on,
        lifted_by: row.lifted_by,
        lifting_reasons: lifting,
        id: row.id,
    })
}

/// Those of a citizen, as recorded.
pub(super) fn of_citizen(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Vec<RestrictionView>, ActionError> {
    let rows = restrictions::of_citizen(conn, context.tenant, citizen)?;
    rows.into_iter().map(|row| view(context, row)).collect()
}

/// The day from which everything of a citizen is erased; none while there is no such day.
pub(super) fn erased_from(conn: &mut Conn, context: &Context, row: &CitizenRow) -> Result<Option<NaiveDate>, ActionError> {
    Ok(erasing::retained(conn, context, row)?.erased_from(context.services.settings.retention_years))
}
