//! What a person or the clock can make happen: load, decide (domain), save, queue letters, all in one transaction.
//!
//! Promise: an action is the only way anything changes, whether the API, a link in a letter, a course file or the
//! schedule asks for it; when it stops, nothing of it has happened.

pub mod companies;
pub mod flags;
pub mod internships;
pub mod matching;
pub mod people;

use crate::{
    crypto::Keys,
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{course::Course, gate, internship::Internship},
        people::{
            access::{Permission, Role, may},
            citizen::Citizen,
        },
        rules::{
            refusals::Refusal,
            rulebook::{Figures, Rulebook},
        },
        values::{
            day::At,
            ids::{AccountId, InternshipId},
            localized::{Localized, said},
            register::Municipality,
        },
    },
    settings::Settings,
    store::{Conn, StoreError, TransactionError, courses, schema::InternshipRow},
};

/// What every action may look at: the keys, the rulebook, the settings.
#[derive(Debug)]
pub struct Services {
    pub keys: Keys,
    pub book: Rulebook,
    pub settings: Settings,
}

/// Who acts.
#[derive(Clone, Debug)]
pub struct By {
    pub account: AccountId,
    pub municipality: Municipality,
    pub role: Role,
    pub name: String,
}

/// One person's turn: who, when, and which state of the thing they have seen.
pub struct Turn<'a> {
    pub desk: &'a Services,
    pub by: &'a By,
    pub at: At,
    /// The revision that was seen; none where nothing is being changed that was there before.
    pub seen: Option<i32>,
}

/// Where and when something happens, whoever makes it happen: a person, a link, the schedule.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    pub desk: &'a Services,
    pub municipality: &'a Municipality,
    pub at: At,
}

impl Turn<'_> {
    pub fn room(&self) -> Room<'_> {
        Room { desk: self.desk, municipality: &self.by.municipality, at: self.at }
    }

    pub fn figures(&self) -> &Figures {
        self.desk.book.on(self.at.today)
    }

    /// # Errors
    /// The role does not have the deed.
    pub fn may(&self, deed: Permission) -> Result<(), ActionError> {
        if may(self.by.role, deed) { Ok(()) } else { Err(ActionError::Forbidden) }
    }

    /// # Errors
    /// Somebody else has changed it since it was seen.
    pub fn saw(&self, revision: i32) -> Result<(), ActionError> {
        if self.seen.is_none_or(|seen| seen == revision) { Ok(()) } else { Err(ActionError::Stale) }
    }
}

/// Why an action did not happen.
#[derive(Debug)]
pub enum ActionError {
    /// Not there, or not this municipality's: the same answer.
    NotFound,
    Forbidden,
    /// Changed since it was seen.
    Stale,
    /// Fields that do not hold together, each with its pointer.
    Faults(Faults),
    /// Rules that refuse.
    Refused(Vec<Refusal>),
    /// It does not fit the state it is in.
    Conflict(&'static str, Localized),
    /// Too often; again after so many seconds.
    TooOften(i64),
    Failed(StoreError),
}

impl From<StoreError> for ActionError {
    fn from(failure: StoreError) -> Self {
        Self::Failed(failure)
    }
}
impl TransactionError for ActionError {
    fn failure(&self) -> Option<&StoreError> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// A failure of the machine (no random numbers).
pub fn machine(why: String) -> ActionError {
    ActionError::Failed(StoreError::Unreachable(why))
}

fn conflict<T>(code: &'static str, da: impl Into<String>, en: impl Into<String>) -> Result<T, ActionError> {
    Err(ActionError::Conflict(code, said(da, en)))
}

/// One field that does not fit the others.
fn fault<T>(field: &str, fault: Fault) -> Result<T, ActionError> {
    let mut faults = Faults::default();
    faults.add::<()>(&Pointer::root().to(field), fault);
    Err(ActionError::Faults(faults))
}

/// Something named in a body that is not there, or not this municipality's.
fn unknown<T>(field: &str) -> Result<T, ActionError> {
    fault(field, Fault::new("unknown", "Findes ikke her.", "There is no such thing here."))
}

/// All that the gate misses of an internship that waits for its start; nothing where the rulebook has no gate for the citizen.
pub fn missing(turn: &Turn, citizen: &Citizen, internship: &Internship) -> Vec<gate::Lack> {
    let asked = turn.desk.book.asks(gate::FIGURE, turn.at.today, &citizen.target_group);
    if asked { gate::missing(internship) } else { Vec::new() }
}

/// An internship with its row and the course it is part of.
pub struct InternshipCase {
    pub row: InternshipRow,
    pub course: Course,
    pub internship: Internship,
}

/// Loads an internship of a municipality with its course.
///
/// # Errors
/// Not found, or a failure of the database.
pub fn case(
    conn: &mut Conn,
    desk: &Services,
    municipality: &Municipality,
    id: &InternshipId,
) -> Result<InternshipCase, ActionError> {
    let row = crate::store::internships::find(conn, municipality, id.as_str())?.ok_or(ActionError::NotFound)?;
    let course = courses::load(conn, &desk.keys, municipality, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let internship = course.internship(id).cloned().ok_or(ActionError::NotFound)?;
    Ok(InternshipCase { row, course, internship })
}
