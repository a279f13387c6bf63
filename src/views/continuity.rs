//! Continuity (S9, S17, S20): changes of consultant with their handovers, and the citizen's story.

use crate::{
    actions::ActionError,
    context::Context,
    crypto::Keys,
    domain::{
        people::{access::Permission, continuity::StoryKind, read_log::PersonalData},
        values::ids::{AccountId, CitizenId, ConsultantChangeId, StoryId},
    },
    store::{
        Conn,
        continuity::{self, story},
        schema::{ConsultantChangeRow, StoryRow},
        sealed,
    },
    views::{Representation, citizens, page::Page},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct ConsultantChangeView {
    pub id: ConsultantChangeId,
    pub citizen: CitizenId,
    pub from: AccountId,
    pub to: AccountId,
    pub on: NaiveDate,
    /// Null until it is written.
    pub handover: Option<String>,
    pub handed_over_on: Option<NaiveDate>,
    /// Null until the new consultant confirms having read it.
    pub read_on: Option<NaiveDate>,
    /// Marked as wished for by the citizen.
    pub wished_by_citizen: bool,
}

fn change_view(context: &Context, row: ConsultantChangeRow) -> Result<ConsultantChangeView, ActionError> {
    context.shows(&row.citizen_id, PersonalData::Handover);
    let handover = row.sealed.as_ref();
    let handover = handover.map(|text| sealed::HANDOVER.open(&context.services.keys, &row.id, text)).transpose()?;
    Ok(ConsultantChangeView {
        id: row.id,
        citizen: row.citizen_id,
        from: row.from_id,
        to: row.to_id,
        on: row.changed_on,
        handover,
        handed_over_on: row.handed_over_on,
        read_on: row.read_on,
        wished_by_citizen: row.wished_by_citizen,
    })
}

/// One change of consultant.
///
/// # Errors
/// Not for this role; not found.
pub fn change(
    conn: &mut Conn,
    context: &Context,
    id: &ConsultantChangeId,
) -> Result<Representation<ConsultantChangeView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = continuity::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(change_view(context, row)?, revision))
}

/// The changes of a citizen's consultant, with their handovers.
///
/// # Errors
/// Not for this role; not found.
pub fn changes(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Page<ConsultantChangeView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::row(conn, context, citizen)?;
    let rows = continuity::of_citizen(conn, context.tenant, citizen)?;
    let views = rows.into_iter().map(|row| change_view(context, row));
    Ok(Page::whole(views.collect::<Result<_, _>>()?))
}

#[derive(Serialize, ToSchema)]
pub struct StoryView {
    pub id: StoryId,
    pub kind: StoryKind,
    pub happened_on: NaiveDate,
    pub words: String,
    pub recorded_on: NaiveDate,
    pub recorded_by: AccountId,
}

pub(super) fn story_view(keys: &Keys, row: StoryRow) -> Result<StoryView, ActionError> {
    let words = sealed::STORY.open(keys, &row.id, &row.sealed)?;
    Ok(StoryView {
        id: row.id,
        kind: row.kind,
        happened_on: row.happened_on,
        words,
        recorded_on: row.recorded_on,
        recorded_by: row.recorded_by,
    })
}

/// One entry of a citizen's story.
///
/// # Errors
/// Not for this role; not found.
pub fn entry(conn: &mut Conn, context: &Context, id: &StoryId) -> Result<Representation<StoryView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = story::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    context.shows(&row.citizen_id, PersonalData::Story);
    Ok(Representation::only(story_view(&context.services.keys, row)?))
}

/// The citizen's wishes and story, in one place.
///
/// # Errors
/// Not for this role; not found.
pub fn story(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Page<StoryView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::row(conn, context, citizen)?;
    context.shows(citizen, PersonalData::Story);
    let rows = story::of_citizen(conn, context.tenant, citizen)?;
    let views = rows.into_iter().map(|row| story_view(&context.services.keys, row));
    Ok(Page::whole(views.collect::<Result<_, _>>()?))
}
