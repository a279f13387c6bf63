//! The temporary folder of a case: its database, keys and letters.

use crate::{
    domain::values::copenhagen::local,
    replay::{course::MORNING, error::ReplayError, format::Case},
    settings::Settings,
};
use std::path::PathBuf;

/// A temporary folder, gone when it is let go.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(super) fn make() -> Result<Self, ReplayError> {
        let path = std::env::temp_dir().join(format!("rettematch-replay-{}", uuid::Uuid::new_v4()));
        match std::fs::create_dir_all(&path) {
            Ok(()) => Ok(Self(path)),
            Err(error) => Err(ReplayError::Folder { path, error }),
        }
    }

    pub(super) fn settings(&self, case: &Case, rules: Option<&str>) -> Result<Settings, ReplayError> {
        let inside = |name: &str| self.0.join(name).display().to_string();
        let (first, _) = case.days().ok_or_else(|| ReplayError::no_events(case))?;
        let mut settings = Settings::base()?;
        settings.database = format!("sqlite:{}", inside("case.db"));
        settings.key_file = inside("case.key");
        settings.mail.folder = inside("letters");
        settings.rules = rules.unwrap_or_default().to_owned();
        settings.clock = local(first, MORNING).to_rfc3339();
        settings.public_url = "http://localhost".into();
        Ok(settings)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be taken away is left to the machine's own tidying of its temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
