//! Why a replay ends before its last day.

use crate::{
    app::OpenError,
    replay::{format::Case, reading::ReadError},
    settings::SettingsError,
};
use std::path::PathBuf;
use thiserror::Error;

/// Why a replay ends before its last day.
#[derive(Debug, Error)]
pub enum ReplayError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{}: {error}", path.display())]
    Folder { path: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("a case could not be played: {0}")]
    Panicked(#[from] tokio::task::JoinError),
    #[error("case {0}: has no events")]
    NoEvents(String),
    #[error("no case has a day until {0}")]
    NoDays(chrono::NaiveDate),
    #[error("a case can be played only into an app whose clock is set")]
    Clock,
    /// A citizen or workplace that is registered already, a failure of the machine.
    #[error("case {name}: {why}")]
    Case { name: String, why: String },
}

impl ReplayError {
    pub(crate) fn no_events(case: &Case) -> Self {
        Self::NoEvents(case.name.clone())
    }
}
