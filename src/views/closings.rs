//! The closings of a citizen's course.

use crate::{
    actions::ActionError,
    context::Context,
    crypto::Keys,
    domain::{
        people::leaving::{Departure, Leaving, ToldClosing},
        values::ids::{AccountId, CitizenId, ClosingId},
    },
    store::{Conn, closings, schema::ClosingRow, sealed},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A closing of a citizen's course.
#[derive(Serialize, ToSchema)]
pub struct ClosingView {
    pub id: ClosingId,
    pub how: Leaving,
    pub left_on: NaiveDate,
    pub reasons: Option<String>,
    pub recorded_on: NaiveDate,
    pub recorded_by: AccountId,
    /// Null while it stands.
    pub reopened_on: Option<NaiveDate>,
    pub reopening_reasons: Option<String>,
    /// Whether it turned out to be an error; null while it stands.
    pub was_in_error: Option<bool>,
    /// Where the whole course stands in order of its days: what can be handed over to the municipality that the citizen moves to.
    pub extract: String,
}

fn view(keys: &Keys, row: ClosingRow) -> Result<ClosingView, ActionError> {
    let reasons = row.reasons.as_ref().map(|text| sealed::CLOSING_REASONS.open(keys, &row.id, text)).transpose()?;
    let reopening = row.reopening_reasons.as_ref().map(|text| sealed::REOPENING_REASONS.open(keys, &row.id, text));
    Ok(ClosingView {
        extract: format!("/api/v1/citizens/{}/timeline", row.citizen_id),
        how: row.how,
        left_on: row.left_on,
        reasons,
        recorded_on: row.recorded_on,
        recorded_by: row.recorded_by,
        reopened_on: row.reopened_on,
        reopening_reasons: reopening.transpose()?,
        was_in_error: row.was_in_error,
        id: row.id,
    })
}

/// Those of a citizen, as recorded.
pub(super) fn of_citizen(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Vec<ClosingView>, ActionError> {
    let rows = closings::of_citizen(conn, context.tenant, citizen)?;
    rows.into_iter().map(|row| view(&context.services.keys, row)).collect()
}

/// The same as the timeline tells them.
pub(super) fn told(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Vec<ToldClosing>, ActionError> {
    let rows = closings::of_citizen(conn, context.tenant, citizen)?.into_iter();
    let told = rows.map(|row| ToldClosing {
        left: Departure { how: row.how, on: row.left_on, recorded_on: row.recorded_on },
        reopened_on: row.reopened_on,
    });
    Ok(told.collect())
}
