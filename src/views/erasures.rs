//! Who was erased, and who will be soon.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{access::Permission, erasure::closed_at_latest, read_log::PersonalData},
        values::{
            day::plus,
            ids::{CitizenId, ErasureId},
        },
    },
    store::{Conn, citizens, erased, schema::ErasureRow},
    views::{
        page::{Page, PageRequest, Pages},
        restrictions,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// So many days before it comes it is shown whom erasing will take.
const AHEAD_DAYS: i64 = 90;

/// A citizen who was erased.
#[derive(Serialize, ToSchema)]
pub struct ErasureView {
    pub id: ErasureId,
    /// The record that is gone. The log of who has looked names it as long as the log is kept.
    pub citizen: CitizenId,
    pub erased_on: NaiveDate,
    /// The latest day on which anything had happened or been recorded.
    pub last_dealt_with: NaiveDate,
    /// How many internships went with it.
    pub internships: i32,
    /// How many letters.
    pub letters: i32,
}

fn view(row: ErasureRow) -> ErasureView {
    ErasureView {
        id: row.id,
        citizen: row.citizen_id,
        erased_on: row.erased_on,
        last_dealt_with: row.last_dealt_with,
        internships: row.internships,
        letters: row.letters,
    }
}

/// Who was erased, the newest first.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, pages: &Pages) -> Result<Page<ErasureView>, ActionError> {
    context.authorize(Permission::SeeReads)?;
    let request = PageRequest::from(pages);
    let rows = erased::page(conn, context.tenant, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(view(row)))
}

/// A citizen who is to be erased.
#[derive(Serialize, ToSchema)]
pub struct ErasureAhead {
    pub citizen: CitizenId,
    pub reference: String,
    pub closed_since: Option<NaiveDate>,
    /// The day from which everything of the citizen is erased; null where it may only be kept.
    pub erased_from: Option<NaiveDate>,
}

/// Who will be erased within 90 days, and who would be if the data were not restricted.
///
/// # Errors
/// Not for this role.
pub fn ahead(conn: &mut Conn, context: &Context, pages: &Pages) -> Result<Page<ErasureAhead>, ActionError> {
    context.authorize(Permission::Lead)?;
    let request = PageRequest::from(pages);
    let until = plus(context.at.today, AHEAD_DAYS);
    let closed = closed_at_latest(until, context.services.settings.retention_years).unwrap_or(NaiveDate::MIN);
    let rows = citizens::closed_until(conn, context.tenant, closed, request.after_id(), request.wanted())?;
    request.page(
        rows,
        |row| row.id.to_string(),
        |row| {
            context.shows(&row.id, PersonalData::Listed);
            let erased_from = restrictions::erased_from(conn, context, &row)?;
            Ok(ErasureAhead { citizen: row.id, reference: row.reference, closed_since: row.closed_since, erased_from })
        },
    )
}
