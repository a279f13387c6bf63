//! Outcomes: the job, the wage subsidy or the education that somebody went on to, and the checks that it lasts.

use crate::{
    actions::{ActionError, internships::case::case_to_see},
    context::Context,
    domain::{
        internships::{link_purpose::LinkPurpose, outcome::Outcome},
        people::{access::Permission, read_log::PersonalData},
        values::ids::{CitizenId, OutcomeId},
    },
    store::{Conn, courses, internships::outcomes, schema::OutcomeRow},
    views::{
        Representation,
        written::{self, WrittenView},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct OutcomeView {
    pub citizen: CitizenId,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Agreed in the internship it came from, and to be kept in the job (S3): the function only.
    pub accommodations: Vec<String>,
    /// What citizen and company wrote when it was time to hear whether it holds, oldest first.
    pub written: Vec<WrittenView>,
    /// The day on which it was registered in error: it counts nowhere.
    pub in_error_on: Option<NaiveDate>,
}

/// One outcome, with the accommodations that are to be kept.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &OutcomeId) -> Result<Representation<OutcomeView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = outcomes::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    context.shows(&row.citizen_id, PersonalData::Outcome);
    let revision = row.revision;
    let checks = outcomes::checks(conn, context.tenant, id)?;
    let mut wrote = match &row.internship_id {
        Some(internship) => written::all(conn, context, std::slice::from_ref(internship))?,
        None => Vec::new(),
    };
    wrote.retain(|own| own.of.0 == LinkPurpose::Retention && own.of.1.starts_with(id.as_str()));
    let view = OutcomeView {
        written: wrote,
        accommodations: accommodations(conn, context, &row)?,
        citizen: row.citizen_id.clone(),
        in_error_on: row.in_error_on,
        outcome: courses::outcome(row, &checks, &context.services.keys)?,
    };
    Ok(Representation::of(view, revision))
}

/// Those of the internship that it came from.
fn accommodations(conn: &mut Conn, context: &Context, row: &OutcomeRow) -> Result<Vec<String>, ActionError> {
    let Some(from) = &row.internship_id else { return Ok(Vec::new()) };
    let internship = case_to_see(conn, context, &from.clone())?.internship;
    Ok(internship.accommodations.into_iter().map(|item| item.function).collect())
}
