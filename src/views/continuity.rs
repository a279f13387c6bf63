//! Changes of consultant and the citizen's story, decrypted for those who may see citizens.

use crate::{
    actions::ActionError,
    crypto::Keys,
    domain::{
        people::continuity::StoryKind,
        values::ids::{AccountId, CitizenId, ConsultantChangeId, StoryId},
    },
    store::{
        schema::{ConsultantChangeRow, StoryRow},
        sealed,
    },
    views::corrupt,
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
}

pub fn consultant_change(keys: &Keys, row: ConsultantChangeRow) -> Result<ConsultantChangeView, ActionError> {
    let handover = row.sealed.as_deref().map(|text| sealed::HANDOVER.open(keys, &row.id, text)).transpose()?;
    Ok(ConsultantChangeView {
        id: ConsultantChangeId::stored(row.id),
        citizen: CitizenId::stored(row.citizen_id),
        from: AccountId::stored(row.from_id),
        to: AccountId::stored(row.to_id),
        on: row.changed_on,
        handover,
        handed_over_on: row.handed_over_on,
        read_on: row.read_on,
    })
}

/// How many citizens have another consultant now.
#[derive(Serialize, ToSchema)]
pub struct Moved {
    pub citizens: usize,
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

pub fn story(keys: &Keys, row: StoryRow) -> Result<StoryView, ActionError> {
    let words = sealed::STORY.open(keys, &row.id, &row.sealed)?;
    Ok(StoryView {
        id: StoryId::stored(row.id),
        kind: StoryKind::parse(&row.kind).ok_or_else(|| corrupt("a kind of story"))?,
        happened_on: row.happened_on,
        words,
        recorded_on: row.recorded_on,
        recorded_by: AccountId::stored(row.recorded_by),
    })
}
