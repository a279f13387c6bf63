//! What lay on the table with a version: the papers of an extension, and what rules asked.

use crate::{
    domain::{
        internships::alignment::{Asked, Commitment, ExtensionPapers},
        rules::rule_id::RuleId,
        values::text::{Line, Prose, WeeklyHours},
    },
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredPapers {
    reason: Option<Prose>,
    commitment: Option<StoredCommitment>,
    special_need: Option<Prose>,
    approved_by: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct StoredCommitment {
    position: Line,
    weekly_hours: WeeklyHours,
    latest_first_day: NaiveDate,
    condition: Prose,
    words: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredAsked {
    rule: String,
    reasons: String,
    given_by: String,
}

impl StoredValue for ExtensionPapers {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { reason, commitment, special_need, approved_by } = self.clone();
        let commitment = commitment.map(|Commitment { position, weekly_hours, latest_first_day, condition, words }| {
            StoredCommitment { position, weekly_hours, latest_first_day, condition, words }
        });
        write(StoredPapers { reason, commitment, special_need, approved_by })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredPapers { reason, commitment, special_need, approved_by } = read(text)?;
        let commitment = commitment.map(|StoredCommitment { position, weekly_hours, latest_first_day, condition, words }| {
            Commitment { position, weekly_hours, latest_first_day, condition, words }
        });
        Ok(Self { reason, commitment, special_need, approved_by })
    }
}

impl StoredValue for Vec<Asked> {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let stored = |Asked { rule, reasons, given_by }| StoredAsked { rule: rule.to_string(), reasons, given_by };
        write(self.iter().cloned().map(stored).collect::<Vec<_>>())
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let asked = |StoredAsked { rule, reasons, given_by }| {
            let rule = RuleId::parse(&rule).ok_or(StoredValueError::Impossible("a rule"))?;
            Ok(Asked { rule, reasons, given_by })
        };
        read::<Vec<StoredAsked>>(text)?.into_iter().map(asked).collect()
    }
}
