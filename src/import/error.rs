//! Why a list is not read, or not read to its end.

use crate::{
    actions::ActionError,
    domain::values::localized::{Localized, localized},
    store::StoreError,
};

/// Why a list is not read, or not read to its end.
#[derive(Debug)]
pub enum ImportError {
    /// The file itself, in words that say what to do.
    Unreadable(Box<Localized>),
    Action(ActionError),
    /// The listener cannot write down what came of it.
    Listener(Box<dyn std::error::Error + Send + Sync>),
    /// Nobody waits for it any more.
    Abandoned,
}

impl From<crate::context::Forbidden> for ImportError {
    fn from(forbidden: crate::context::Forbidden) -> Self {
        Self::Action(forbidden.into())
    }
}

impl From<ActionError> for ImportError {
    fn from(stop: ActionError) -> Self {
        Self::Action(stop)
    }
}

impl From<StoreError> for ImportError {
    fn from(failure: StoreError) -> Self {
        Self::Action(failure.into())
    }
}

impl From<std::io::Error> for ImportError {
    fn from(error: std::io::Error) -> Self {
        let text = error.to_string();
        Self::unreadable(format!("Filen kan ikke læses: {text}"), format!("The file cannot be read: {text}"))
    }
}

impl ImportError {
    pub(super) fn unreadable(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unreadable(Box::new(localized(da, en)))
    }
}

impl std::error::Error for ImportError {}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(said) => write!(f, "{} / {}", said.da, said.en),
            Self::Action(ActionError::Forbidden) => {
                f.write_str("the role of this account does not keep companies: a liaison or a team leader does")
            }
            Self::Action(ActionError::Store(failure)) => write!(f, "{failure}"),
            Self::Action(_) => f.write_str("it could not be done"),
            Self::Listener(why) => write!(f, "{why}"),
            Self::Abandoned => f.write_str("nobody waits for the answer"),
        }
    }
}
