//! Why an action did not happen. Whoever is told says it in a language of its own: a problem of the API, a line of the diary.

use crate::{
    context::{Forbidden, Stale},
    domain::{
        input::{Fault, Faults, Pointer},
        rules::refusals::Refusal,
        values::localized::{Localized, localized},
    },
    store::{StoreError, TransactionError},
};
use chrono::NaiveDate;

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
impl From<Forbidden> for ActionError {
    fn from(_: Forbidden) -> Self {
        Self::Forbidden
    }
}
impl From<Stale> for ActionError {
    fn from(_: Stale) -> Self {
        Self::Stale
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

pub fn conflict<T>(code: &'static str, da: impl Into<String>, en: impl Into<String>) -> Result<T, ActionError> {
    Err(ActionError::Conflict(code, localized(da, en)))
}

/// One field that does not fit the others.
pub fn fault<T>(field: &str, fault: Fault) -> Result<T, ActionError> {
    let mut faults = Faults::default();
    faults.add::<()>(&Pointer::root().to(field), fault);
    Err(ActionError::Faults(faults))
}

/// Something named in a body that is not there, or not this municipality's.
pub fn unknown<T>(field: &str) -> Result<T, ActionError> {
    fault(field, Fault::new("unknown", "Findes ikke her.", "There is no such thing here."))
}

/// A date that a body gives and that must not lie after today.
pub fn not_in_future(field: &str, day: NaiveDate, today: NaiveDate) -> Result<(), ActionError> {
    if day <= today {
        Ok(())
    } else {
        fault(field, Fault::new("in-the-future", "Kan ikke ligge efter i dag.", "Cannot be after today."))
    }
}

impl std::fmt::Display for ActionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failed(failure) => write!(f, "{failure}"),
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden => f.write_str("not allowed"),
            Self::Stale => f.write_str("changed since"),
            Self::Faults(faults) => write!(f, "{} fields do not fit", faults.0.len()),
            Self::Refused(refusals) => {
                write!(f, "refused by {}", refusals.iter().map(|refusal| refusal.rule).collect::<Vec<_>>().join(", "))
            }
            Self::Conflict(code, _) => f.write_str(code),
            Self::TooOften(_) => f.write_str("too often"),
        }
    }
}
