//! Continuity (S9, S17, S20): a change of consultant with its handover, read and confirmed by the new one; the citizen's wishes
//! and story in one place. What people wrote is sealed at rest.

use crate::{
    actions::{
        ActionError, Turn, conflict, fault, internships::booking::not_in_future, machine,
        people::citizens::consultant as check_consultant, unknown,
    },
    domain::{
        input::Fault,
        people::{access::Permission, continuity::StoryKind},
        values::{
            ids::{AccountId, CitizenId, ConsultantChangeId, StoryId},
            text::Prose,
        },
    },
    store::{
        Tx, accounts, citizens, continuity,
        schema::{CitizenRow, ConsultantChangeRow, StoryRow},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Another consultant for a citizen.
    pub struct NewConsultant {
        pub consultant: AccountId,
        /// What the new one has to know; it can be written later, too.
        pub handover: Option<Prose>,
    }
}

crate::input! {
    /// All citizens of one consultant go to another.
    pub struct MassChange {
        pub from: AccountId,
        pub to: AccountId,
        /// Said of all of them; each citizen's own handover can be written besides.
        pub handover: Option<Prose>,
    }
}

crate::input! {
    /// What the new consultant has to know.
    pub struct Handover {
        pub text: Prose,
    }
}

crate::input! {
    /// A wish, a piece of the story, an offer, a turning point.
    pub struct NewStory {
        pub kind: StoryKind,
        /// Today or before; left out: today.
        pub happened_on: Option<NaiveDate>,
        pub words: Prose,
    }
}

fn seal(turn: &Turn, text: &Prose) -> Result<String, ActionError> {
    turn.desk.keys.seal(text.as_str()).map_err(machine)
}

/// Gives a citizen another consultant.
///
/// # Errors
/// Not found; changed since; a consultant who is none, or is responsible already.
pub fn change(tx: &mut Tx, turn: &Turn, citizen: &CitizenId, new: &NewConsultant) -> Result<ConsultantChangeId, ActionError> {
    turn.may(Permission::KeepCitizens)?;
    let mut row = citizens::find(tx, &turn.by.municipality, citizen.as_str())?.ok_or(ActionError::NotFound)?;
    turn.saw(row.revision)?;
    if row.consultant_id == new.consultant.as_str() {
        return fault("consultant", Fault::new("unchanged", "Er allerede ansvarlig.", "Is responsible already."));
    }
    check_consultant(tx, turn, &new.consultant)?;
    let id = note(tx, turn, &row, &new.consultant, new.handover.as_ref())?;
    row.consultant_id = new.consultant.to_string();
    row.look_on = Some(turn.at.today);
    row.revision += 1;
    citizens::update(tx, &row)?;
    Ok(id)
}

/// Notes that somebody else becomes responsible for a citizen whose record still names the former one.
///
/// # Errors
/// A failure of the database.
pub fn note(
    tx: &mut Tx,
    turn: &Turn,
    citizen: &CitizenRow,
    to: &AccountId,
    handover: Option<&Prose>,
) -> Result<ConsultantChangeId, ActionError> {
    let id = ConsultantChangeId::new(turn.at);
    let row = ConsultantChangeRow {
        id: id.to_string(),
        municipality: turn.by.municipality.as_str().into(),
        citizen_id: citizen.id.clone(),
        from_id: citizen.consultant_id.clone(),
        to_id: to.to_string(),
        changed_on: turn.at.today,
        sealed: handover.map(|text| seal(turn, text)).transpose()?,
        handed_over_on: handover.map(|_| turn.at.today),
        read_on: None,
        revision: 1,
    };
    continuity::insert(tx, &row)?;
    Ok(id)
}

/// Gives all citizens of one consultant to another; how many there were.
///
/// # Errors
/// Not a team leader; a consultant who is none; the same one twice.
pub fn change_all(tx: &mut Tx, turn: &Turn, all: &MassChange) -> Result<usize, ActionError> {
    turn.may(Permission::Lead)?;
    if all.from == all.to {
        return fault("to", Fault::new("unchanged", "Er den samme.", "Is the same one."));
    }
    for (field, who) in [("from", &all.from), ("to", &all.to)] {
        if accounts::find(tx, &turn.by.municipality, who.as_str())?.is_none() {
            return unknown(field);
        }
    }
    let citizens = citizens::of_consultant(tx, &turn.by.municipality, all.from.as_str())?;
    for citizen in &citizens {
        let new = NewConsultant { consultant: all.to.clone(), handover: all.handover.clone() };
        let unseen = Turn { desk: turn.desk, by: turn.by, at: turn.at, seen: None };
        change(tx, &unseen, &CitizenId::stored(citizen.id.clone()), &new)?;
    }
    Ok(citizens.len())
}

/// Writes the handover of a change, as long as it has not been read.
///
/// # Errors
/// Not found; changed since; read already.
pub fn hand_over(tx: &mut Tx, turn: &Turn, id: &ConsultantChangeId, handover: &Handover) -> Result<(), ActionError> {
    turn.may(Permission::KeepCitizens)?;
    let mut row = continuity::find(tx, &turn.by.municipality, id.as_str())?.ok_or(ActionError::NotFound)?;
    turn.saw(row.revision)?;
    if row.read_on.is_some() {
        return conflict("read-already", "Overleveringen er allerede læst.", "The handover has been read already.");
    }
    row.sealed = Some(seal(turn, &handover.text)?);
    row.handed_over_on = Some(turn.at.today);
    save(tx, turn, row)
}

/// The responsible consultant confirms having read the handover.
///
/// # Errors
/// Not found; not the responsible consultant; nothing to read; read already.
pub fn confirm_reading(tx: &mut Tx, turn: &Turn, id: &ConsultantChangeId) -> Result<(), ActionError> {
    turn.may(Permission::KeepCitizens)?;
    let mut row = continuity::find(tx, &turn.by.municipality, id.as_str())?.ok_or(ActionError::NotFound)?;
    let citizen = citizens::find(tx, &turn.by.municipality, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    if citizen.consultant_id != turn.by.account.as_str() {
        return conflict(
            "not-responsible",
            "Kun den konsulent, der er ansvarlig nu, bekræfter at have læst den.",
            "Only the consultant who is responsible now confirms having read it.",
        );
    }
    if row.sealed.is_none() {
        return conflict("no-handover", "Der er ingen overlevering endnu.", "There is no handover yet.");
    }
    if row.read_on.is_some() {
        return conflict("read-already", "Overleveringen er allerede læst.", "The handover has been read already.");
    }
    row.read_on = Some(turn.at.today);
    save(tx, turn, row)
}

fn save(tx: &mut Tx, turn: &Turn, mut row: ConsultantChangeRow) -> Result<(), ActionError> {
    row.revision += 1;
    continuity::update(tx, &row)?;
    Ok(citizens::look_again(tx, &row.citizen_id, Some(turn.at.today))?)
}

/// Adds to the citizen's story.
///
/// # Errors
/// Not found; a day to come.
pub fn tell(tx: &mut Tx, turn: &Turn, citizen: &CitizenId, new: &NewStory) -> Result<StoryId, ActionError> {
    turn.may(Permission::KeepCitizens)?;
    citizens::find(tx, &turn.by.municipality, citizen.as_str())?.ok_or(ActionError::NotFound)?;
    let on = new.happened_on.unwrap_or(turn.at.today);
    not_in_future("happened_on", on, turn.at.today)?;
    let id = StoryId::new(turn.at);
    continuity::story::insert(
        tx,
        &StoryRow {
            id: id.to_string(),
            municipality: turn.by.municipality.as_str().into(),
            citizen_id: citizen.to_string(),
            kind: new.kind.code().into(),
            happened_on: on,
            sealed: seal(turn, &new.words)?,
            recorded_on: turn.at.today,
            recorded_by: turn.by.account.to_string(),
        },
    )?;
    Ok(id)
}
