//! Why an action did not happen. The API turns it into a problem, the replay into a line of its diary.

use crate::{
    context::{Forbidden, Stale},
    crypto::{PasswordError, RandomnessError},
    domain::{
        input::{Fault, Faults, Pointer},
        people::client::ClientScope,
        rules::refusals::Refusal,
        values::{
            ids::CitizenId,
            localized::{Localized, localized},
        },
    },
    store::{StoreError, TransactionError, sealed::SealedError},
};
use chrono::NaiveDate;
use thiserror::Error;

/// Why an action did not happen. The texts go to the log.
#[derive(Debug, Error)]
pub enum ActionError {
    /// Not there, or not this municipality's: the same answer.
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    /// A program's key does not reach so far.
    #[error("the key lacks {0}")]
    OutOfScope(ClientScope),
    /// Changed since it was seen.
    #[error("changed since it was seen")]
    Stale,
    /// Fields that do not fit together, each with its pointer.
    #[error("{} fields do not fit", .0.0.len())]
    Faults(Faults),
    /// Rules that refuse.
    #[error("refused by {}", .0.iter().map(|refusal| refusal.rule.as_str()).collect::<Vec<_>>().join(", "))]
    Refused(Vec<Refusal>),
    /// It does not fit the present state.
    #[error("{0}")]
    Conflict(&'static str, Localized),
    /// The `Idempotency-Key` was used for something else.
    #[error("the key was used for something else")]
    KeyReused,
    /// It shows somebody else's citizen, and no reason for it has been written today.
    #[error("no reason has been written")]
    ReasonMissing(CitizenId),
    /// Too often; again after so many seconds.
    #[error("too often")]
    TooOften(i64),
    /// The machine gives no random numbers, so nothing can be sealed.
    #[error("{0}")]
    Machine(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SealedError> for ActionError {
    fn from(error: SealedError) -> Self {
        Self::Machine(error.to_string())
    }
}
impl From<RandomnessError> for ActionError {
    fn from(error: RandomnessError) -> Self {
        Self::Machine(error.to_string())
    }
}
impl From<PasswordError> for ActionError {
    fn from(error: PasswordError) -> Self {
        Self::Machine(error.to_string())
    }
}
impl From<Faults> for ActionError {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}
impl From<Forbidden> for ActionError {
    fn from(forbidden: Forbidden) -> Self {
        match forbidden {
            Forbidden::Role => Self::Forbidden,
            Forbidden::Scope(scope) => Self::OutOfScope(scope),
        }
    }
}
impl From<Stale> for ActionError {
    fn from(_: Stale) -> Self {
        Self::Stale
    }
}
impl TransactionError for ActionError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(failure) => Some(failure),
            _ => None,
        }
    }
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

/// A stored value that cannot be what was stored; names the kind of value, never the value.
pub fn corrupt(what: &str) -> ActionError {
    ActionError::Store(StoreError::Corrupt(what.into()))
}

/// A shape that has no JSON: a fault of the program.
pub fn unserializable(error: serde_json::Error) -> ActionError {
    ActionError::Store(StoreError::Corrupt(error.to_string()))
}
