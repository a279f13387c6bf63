//! Pauses of an internship. From when to when is for everybody who sees internships; why can be illness, and is for those who see needs.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::pause::{Pause, PauseKind},
        people::{access::Permission, read_log::PersonalData},
        values::ids::{AccountId, InternshipId, PauseId},
    },
    store::{Conn, courses, internships, pauses, schema::PauseRow},
    views::{Representation, page::Page},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A pause as an internship shows it.
#[derive(Serialize, ToSchema)]
pub struct PauseShown {
    pub id: PauseId,
    /// Only for those who may see needs, and for the citizen: illness is health data.
    pub kind: Option<PauseKind>,
    pub from: NaiveDate,
    /// The last day, inclusive; null while it is open.
    pub to: Option<NaiveDate>,
}

impl PauseShown {
    pub(super) fn of(pause: &Pause, with_kind: bool) -> Self {
        Self { id: pause.id.clone(), kind: with_kind.then_some(pause.kind), from: pause.from, to: pause.to }
    }
}

#[derive(Serialize, ToSchema)]
pub struct PauseView {
    #[serde(flatten)]
    pub pause: PauseShown,
    pub internship: InternshipId,
    pub recorded_on: NaiveDate,
    pub recorded_by: AccountId,
    /// The day on which the last day was recorded.
    pub to_recorded_on: Option<NaiveDate>,
    /// The day on which it was registered in error: it counts nowhere.
    pub in_error_on: Option<NaiveDate>,
}

fn view(context: &Context, row: PauseRow) -> Result<PauseView, ActionError> {
    let pause = courses::pause(&row, &context.services.keys)?;
    Ok(PauseView {
        pause: PauseShown::of(&pause, context.may(Permission::SeeNeeds)),
        internship: row.internship_id,
        recorded_on: row.recorded_on,
        recorded_by: row.recorded_by,
        to_recorded_on: row.to_recorded_on,
        in_error_on: row.in_error_on,
    })
}

/// Those of an internship, in order of their days.
///
/// # Errors
/// Not for this role; not found.
pub fn of_internship(conn: &mut Conn, context: &Context, internship: &InternshipId) -> Result<Page<PauseView>, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let of = internships::find(conn, context.tenant, internship)?.ok_or(ActionError::NotFound)?;
    context.shows(&of.citizen_id, PersonalData::Internship);
    let rows = pauses::of_internship(conn, context.tenant, internship)?;
    Ok(Page::whole(rows.into_iter().map(|row| view(context, row)).collect::<Result<_, _>>()?))
}

/// One of them.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &PauseId) -> Result<Representation<PauseView>, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let row = pauses::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let of = internships::find_even_in_error(conn, context.tenant, &row.internship_id)?.ok_or(ActionError::NotFound)?;
    context.shows(&of.citizen_id, PersonalData::Internship);
    let revision = row.revision;
    Ok(Representation::of(view(context, row)?, revision))
}
