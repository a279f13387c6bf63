//! What is written of a step.

use crate::{
    domain::{internships::follow_up::Phase, people::step::StepWords, values::text::Prose},
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredStep {
    words: Prose,
    result: Option<Prose>,
    phase: Option<Phase>,
    given_up: Option<Prose>,
}

impl StoredValue for StepWords {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { words, result, phase, given_up } = self.clone();
        write(StoredStep { words, result, phase, given_up })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredStep { words, result, phase, given_up } = read(text)?;
        Ok(Self { words, result, phase, given_up })
    }
}
