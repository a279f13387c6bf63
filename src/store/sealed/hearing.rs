//! What was put to a citizen, and what the citizen said.

use crate::{
    domain::{internships::hearing::Hearing, values::text::Prose},
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredHearing {
    facts: Option<Prose>,
    put_on: Option<NaiveDate>,
    answer: Option<Prose>,
    answer_by: Option<NaiveDate>,
    not_needed: Option<Prose>,
}

impl StoredValue for Hearing {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { facts, put_on, answer, answer_by, not_needed } = self.clone();
        write(StoredHearing { facts, put_on, answer, answer_by, not_needed })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredHearing { facts, put_on, answer, answer_by, not_needed } = read(text)?;
        Ok(Self { facts, put_on, answer, answer_by, not_needed })
    }
}
