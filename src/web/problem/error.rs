//! A problem before it is put into words, and what becomes one.

use crate::{
    actions::ActionError,
    domain::{
        input::Faults,
        rules::refusals::Refusal,
        values::localized::{Localized, localized},
    },
    store::StoreError,
    telemetry::request_id,
    web::problem::kind::ProblemKind,
};

/// See the module.
#[derive(Debug)]
pub struct Problem {
    pub kind: ProblemKind,
    pub detail: Option<Box<Localized>>,
    pub code: Option<&'static str>,
    pub faults: Option<Box<Faults>>,
    /// Whether the faults are of the query, not the body.
    pub in_query: bool,
    pub refusals: Vec<Refusal>,
    pub retry_after: Option<i64>,
    pub allow: Option<String>,
}

impl Problem {
    pub fn new(kind: ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            code: None,
            faults: None,
            in_query: false,
            refusals: Vec::new(),
            retry_after: None,
            allow: None,
        }
    }
    pub fn with(kind: ProblemKind, detail: Localized) -> Self {
        Self { detail: Some(Box::new(detail)), ..Self::new(kind) }
    }
    pub fn faults(faults: Faults, in_query: bool) -> Self {
        Self { faults: Some(Box::new(faults)), in_query, ..Self::new(ProblemKind::InvalidFields) }
    }
}

impl From<StoreError> for Problem {
    fn from(failure: StoreError) -> Self {
        // The log gets the reason, the answer does not.
        let request = request_id().map(tracing::field::display);
        match failure {
            StoreError::Busy(_) | StoreError::Conflict(_) => tracing::warn!(%failure, request, "a request was not done"),
            _ => tracing::error!(%failure, request, "a request failed"),
        }
        match failure {
            StoreError::Damaged(_) => {
                let detail = localized(
                    "Databasen er beskadiget, og der gemmes ikke mere. Sig det til dem, der driver systemet: de skal hente den seneste \
                     sikkerhedskopi.",
                    "The database is damaged, and nothing more is saved. Tell those who run the system: they have to restore the last \
                     backup.",
                );
                Self { code: Some("database-damaged"), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::DiskFull(_) => Self::new(ProblemKind::NoSpace),
            StoreError::Unreachable(_) | StoreError::Address(_) | StoreError::InputOutput(_) => {
                let detail = localized(
                    "Forbindelsen er væk. Prøv igen om lidt; med samme Idempotency-Key sker det kun én gang.",
                    "The connection is lost. Try again soon; with the same Idempotency-Key it is done once only.",
                );
                Self { retry_after: Some(5), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::UnknownCommit(_) => {
                let detail = localized(
                    "Forbindelsen blev afbrudt, mens det blev gemt: det kan være sket. Se efter, eller prøv igen med samme \
                     Idempotency-Key; så sker det kun én gang.",
                    "The connection was lost while it was saved: it may have been done. Look, or try again with the same \
                     Idempotency-Key; then it is done once only.",
                );
                Self { retry_after: Some(5), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::Busy(_) | StoreError::Conflict(_) => {
                let detail = localized("Der er travlt lige nu. Prøv igen om lidt.", "It is busy just now. Try again soon.");
                Self { retry_after: Some(2), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::Duplicate(_)
            | StoreError::Corrupt(_)
            | StoreError::Migration(_)
            | StoreError::Panicked
            | StoreError::Query(_) => Self::new(ProblemKind::Internal),
        }
    }
}

impl From<ActionError> for Problem {
    fn from(stop: ActionError) -> Self {
        match stop {
            ActionError::NotFound => Self::new(ProblemKind::NotFound),
            ActionError::Forbidden => Self::new(ProblemKind::Forbidden),
            ActionError::OutOfScope(scope) => {
                let detail = localized(
                    format!("Nøglen mangler {scope}: {}.", scope.label().da),
                    format!("The key lacks {scope}: to {}.", scope.label().en),
                );
                Self { code: Some(scope.code()), ..Self::with(ProblemKind::OutOfScope, detail) }
            }
            ActionError::Stale => Self::with(
                ProblemKind::Stale,
                localized("Hent det igen, og se, hvad der er ændret.", "Fetch it again and see what has changed."),
            ),
            ActionError::Faults(faults) => Self::faults(faults, false),
            ActionError::Refused(refusals) => {
                let asks_only = refusals.iter().all(|refusal| refusal.ask_of.is_some());
                Self { refusals, ..Self::new(if asks_only { ProblemKind::Asked } else { ProblemKind::Refused }) }
            }
            ActionError::Conflict(code, detail) => Self { code: Some(code), ..Self::with(ProblemKind::Conflict, detail) },
            ActionError::ReasonMissing(citizen) => {
                let to = format!("POST /api/v1/citizens/{citizen}/access-reasons");
                let detail = localized(
                    format!(
                        "Borgeren hører hverken til dig, dit team eller en, du er stedfortræder for. {to} åbner resten af dagen."
                    ),
                    format!(
                        "The citizen is neither yours, nor your team's, nor of anybody you stand in for. {to} opens for the rest of the day."
                    ),
                );
                Self::with(ProblemKind::ReasonRequired, detail)
            }
            ActionError::KeyReused => Self::new(ProblemKind::KeyReused),
            ActionError::TooOften(seconds) => {
                let detail = localized(
                    "Det er gjort så mange gange, som det kan på kort tid. Vent lidt, og prøv igen.",
                    "It was done as often as it can be within a short time. Wait a while, and try again.",
                );
                Self { retry_after: Some(seconds), ..Self::with(ProblemKind::TooOften, detail) }
            }
            ActionError::Machine(why) => {
                tracing::error!(why, request = request_id().map(tracing::field::display), "a request failed");
                Self::new(ProblemKind::Internal)
            }
            ActionError::Store(failure) => failure.into(),
        }
    }
}
