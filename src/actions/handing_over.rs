//! A citizen gets another consultant (S9): what hurts is not the change but the lost knowledge, so that a change is put on
//! record with its handover, and the new consultant confirms having read it.
//!
//! Promise: nobody's consultant changes without a change on record, whichever way it happens. A handover that has been read
//! is not rewritten. What must never happen: somebody else confirms the reading in the consultant's place.

use super::{
    Stop, Turn,
    citizens::{check_consultant, touch},
    conflict, fault, machine, unknown,
};
use crate::{
    domain::{
        access::Deed,
        form::Fault,
        ids::{AccountId, CitizenId, ConsultantChangeId},
        values::Prose,
    },
    store::{
        Tx, accounts, citizens, continuity,
        rows::{CitizenRow, ConsultantChangeRow},
    },
};

crate::form! {
    /// A citizen's new consultant.
    pub struct NewConsultant {
        /// Who is responsible from today on.
        pub consultant: AccountId,
        /// What the new consultant must know, so that the citizen need not tell it again; it can also be written later.
        pub handover: Option<Prose>,
    }
}

crate::form! {
    /// All citizens of one consultant go to another.
    pub struct NewConsultantForAll {
        pub from: AccountId,
        pub to: AccountId,
        /// The same for each citizen; what concerns one alone is written there later.
        pub handover: Option<Prose>,
    }
}

crate::form! {
    /// What the new consultant must know.
    pub struct Handover {
        pub text: Prose,
    }
}

/// Gives a citizen another consultant from today on.
///
/// # Errors
/// Not found; a consultant who is none; the same as now.
pub fn change(tx: &mut Tx, turn: &Turn, citizen: &CitizenId, wish: &NewConsultant) -> Result<ConsultantChangeId, Stop> {
    turn.may(Deed::KeepCitizens)?;
    let row = citizens::find(tx, &turn.by.municipality, citizen.as_str())?.ok_or(Stop::NotFound)?;
    check_consultant(tx, turn, "consultant", &wish.consultant)?;
    if row.consultant_id == wish.consultant.as_str() {
        return same("consultant");
    }
    hand_over(tx, turn, row, &wish.consultant, wish.handover.as_ref())
}

/// Gives all citizens of one consultant to another; how many they are.
///
/// # Errors
/// Not a team leader; consultants who are none; the same as now.
pub fn change_all(tx: &mut Tx, turn: &Turn, wish: &NewConsultantForAll) -> Result<usize, Stop> {
    turn.may(Deed::Lead)?;
    // Whoever has left may still have citizens: that is when this is needed.
    if accounts::find(tx, &turn.by.municipality, wish.from.as_str())?.is_none() {
        return unknown("from");
    }
    check_consultant(tx, turn, "to", &wish.to)?;
    if wish.from == wish.to {
        return same("to");
    }
    let all = citizens::of_consultant(tx, &turn.by.municipality, wish.from.as_str())?;
    let count = all.len();
    for row in all {
        hand_over(tx, turn, row, &wish.to, wish.handover.as_ref())?;
    }
    Ok(count)
}

fn same<T>(field: &str) -> Result<T, Stop> {
    fault(field, Fault::new("same-consultant", "Er allerede jobkonsulent.", "Is the consultant already."))
}

fn hand_over(
    tx: &mut Tx,
    turn: &Turn,
    mut row: CitizenRow,
    to: &AccountId,
    handover: Option<&Prose>,
) -> Result<ConsultantChangeId, Stop> {
    let id = note(tx, turn, &row, to, handover)?;
    row.consultant_id = to.to_string();
    touch(tx, turn, row)?;
    Ok(id)
}

/// Puts a change on record; the citizen's own record is saved by whoever asks.
///
/// # Errors
/// A failure of the machine.
pub fn note(
    tx: &mut Tx,
    turn: &Turn,
    before: &CitizenRow,
    to: &AccountId,
    handover: Option<&Prose>,
) -> Result<ConsultantChangeId, Stop> {
    let id = ConsultantChangeId::new(turn.at);
    continuity::insert(
        tx,
        &ConsultantChangeRow {
            id: id.to_string(),
            municipality: before.municipality.clone(),
            citizen_id: before.id.clone(),
            from_id: before.consultant_id.clone(),
            to_id: to.to_string(),
            changed_on: turn.at.today,
            sealed: handover.map(|text| turn.desk.keys.seal(text.as_str()).map_err(machine)).transpose()?,
            handed_over_on: handover.map(|_| turn.at.today),
            read_on: None,
            revision: 1,
        },
    )?;
    Ok(id)
}

/// Writes the handover of a change, or writes it anew while nobody has read it.
///
/// # Errors
/// Not found; changed since; read already.
pub fn write(tx: &mut Tx, turn: &Turn, id: &ConsultantChangeId, handover: &Handover) -> Result<(), Stop> {
    turn.may(Deed::KeepCitizens)?;
    let mut row = continuity::find(tx, &turn.by.municipality, id.as_str())?.ok_or(Stop::NotFound)?;
    turn.saw(row.revision)?;
    if row.read_on.is_some() {
        return already_read();
    }
    row.sealed = Some(turn.desk.keys.seal(handover.text.as_str()).map_err(machine)?);
    row.handed_over_on = Some(turn.at.today);
    save(tx, turn, row)
}

/// The citizen's present consultant confirms having read the handover.
///
/// # Errors
/// Not found; changed since; somebody else; no handover; read already.
pub fn read(tx: &mut Tx, turn: &Turn, id: &ConsultantChangeId) -> Result<(), Stop> {
    turn.may(Deed::KeepCitizens)?;
    let mut row = continuity::find(tx, &turn.by.municipality, id.as_str())?.ok_or(Stop::NotFound)?;
    turn.saw(row.revision)?;
    let citizen = citizens::find(tx, &turn.by.municipality, &row.citizen_id)?.ok_or(Stop::NotFound)?;
    if citizen.consultant_id != turn.by.account.as_str() {
        return Err(Stop::Forbidden);
    }
    if row.handed_over_on.is_none() {
        return conflict(
            "no-handover",
            "Der er ikke skrevet en overlevering endnu. Bed den tidligere jobkonsulent om den.",
            "No handover has been written yet. Ask the former consultant for it.",
        );
    }
    if row.read_on.is_some() {
        return already_read();
    }
    row.read_on = Some(turn.at.today);
    save(tx, turn, row)
}

fn already_read<T>() -> Result<T, Stop> {
    conflict("already-read", "Overleveringen er allerede læst.", "The handover has been read already.")
}

fn save(tx: &mut Tx, turn: &Turn, mut row: ConsultantChangeRow) -> Result<(), Stop> {
    row.revision += 1;
    continuity::update(tx, &row)?;
    Ok(citizens::look_again(tx, &row.citizen_id, Some(turn.at.today))?)
}
