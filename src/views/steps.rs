//! What is planned or awaited for a citizen.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::follow_up::Phase,
        people::{access::Permission, read_log::PersonalData, step::StepKind},
        values::{
            ids::{AccountId, CitizenId, StepId},
            text::Prose,
        },
    },
    store::{Conn, schema::StepRow, sealed, steps},
    views::{Representation, citizens, page::Page},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct StepView {
    pub id: StepId,
    pub citizen: CitizenId,
    pub kind: StepKind,
    pub words: Prose,
    /// The day for which it is planned or on which it is expected now.
    pub expected_on: NaiveDate,
    /// Null until it was held, done, or came.
    pub done_on: Option<NaiveDate>,
    pub result: Option<Prose>,
    /// The phase that a conversation found the citizen in.
    pub phase: Option<Phase>,
    pub cancelled_on: Option<NaiveDate>,
    /// Why it was given up.
    pub given_up: Option<Prose>,
    pub recorded_on: NaiveDate,
    pub recorded_by: AccountId,
}

fn view(context: &Context, row: StepRow) -> Result<StepView, ActionError> {
    context.shows(&row.citizen_id, PersonalData::Step);
    let said = sealed::STEP.open(&context.services.keys, &row.id, &row.sealed)?;
    Ok(StepView {
        id: row.id,
        citizen: row.citizen_id,
        kind: row.kind,
        words: said.words,
        expected_on: row.expected_on,
        done_on: row.done_on,
        result: said.result,
        phase: said.phase,
        cancelled_on: row.cancelled_on,
        given_up: said.given_up,
        recorded_on: row.recorded_on,
        recorded_by: row.recorded_by,
    })
}

/// Those of a citizen, in the order in which they were recorded.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Page<StepView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::row(conn, context, citizen)?;
    let rows = steps::of_citizen(conn, context.tenant, citizen)?;
    let views = rows.into_iter().map(|row| view(context, row));
    Ok(Page::whole(views.collect::<Result<_, _>>()?))
}

/// One of them.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &StepId) -> Result<Representation<StepView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = steps::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(context, row)?, revision))
}
