//! Why an internship pauses.

use crate::{
    domain::internships::pause::PauseKind,
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredPause {
    kind: PauseKind,
}

impl StoredValue for PauseKind {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        write(StoredPause { kind: *self })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        read(text).map(|StoredPause { kind }| kind)
    }
}
