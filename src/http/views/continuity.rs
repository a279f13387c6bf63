//! Changes of consultant with their handovers, for those who see citizens.

use super::corrupt;
use crate::{
    actions::{Stop, Turn},
    domain::ids::{AccountId, CitizenId, ConsultantChangeId},
    store::{Conn, accounts, rows::ConsultantChangeRow},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A change of the responsible consultant.
#[derive(Serialize, ToSchema)]
pub struct ConsultantChangeView {
    pub id: ConsultantChangeId,
    pub citizen: CitizenId,
    pub from: AccountId,
    pub from_name: String,
    pub to: AccountId,
    pub to_name: String,
    pub on: NaiveDate,
    /// What the former consultant wrote for the new one; null: nothing yet.
    pub handover: Option<String>,
    /// The day on which it was written.
    pub handed_over_on: Option<NaiveDate>,
    /// The day on which the responsible consultant confirmed having read it.
    pub read_on: Option<NaiveDate>,
}

pub fn consultant_change(conn: &mut Conn, turn: &Turn, row: ConsultantChangeRow) -> Result<ConsultantChangeView, Stop> {
    let mut name = |id: &str| -> Result<String, Stop> {
        Ok(accounts::find(conn, &turn.by.municipality, id)?.map(|account| account.name).unwrap_or_default())
    };
    let opened = |sealed: &String| turn.desk.keys.open(sealed).ok_or_else(|| corrupt("a sealed handover"));
    Ok(ConsultantChangeView {
        from_name: name(&row.from_id)?,
        to_name: name(&row.to_id)?,
        handover: row.sealed.as_ref().map(opened).transpose()?,
        id: ConsultantChangeId::stored(row.id),
        citizen: CitizenId::stored(row.citizen_id),
        from: AccountId::stored(row.from_id),
        to: AccountId::stored(row.to_id),
        on: row.changed_on,
        handed_over_on: row.handed_over_on,
        read_on: row.read_on,
    })
}

/// What became of a change for all citizens of one consultant.
#[derive(Serialize, ToSchema)]
pub struct Moved {
    /// How many citizens have the new consultant.
    #[schema(minimum = 0)]
    pub citizens: usize,
}
