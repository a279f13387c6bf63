//! What a good system says of a case.

use crate::domain::rules::flags::Level;
use chrono::NaiveDate;
use serde_json::Value;

/// What a good system says.
#[derive(Clone, Debug)]
pub struct Expectation {
    pub claim: ExpectationKind,
    pub why: String,
    /// As it stands in the file.
    pub given: Value,
}

/// What is claimed; a day is judged with both ends.
#[derive(Clone, Debug)]
pub enum ExpectationKind {
    Flag {
        rule: String,
        about: Option<String>,
        level: Option<Level>,
        by: Option<NaiveDate>,
        not_before: Option<NaiveDate>,
        told: Vec<String>,
    },
    Cleared {
        rule: String,
        about: Option<String>,
        by: Option<NaiveDate>,
    },
    /// Refused, or asked: the rule is among the answers.
    Refused {
        rule: String,
        asked: bool,
        on: Option<NaiveDate>,
        missing: Option<Vec<String>>,
    },
    Never {
        rule: String,
        about: Option<String>,
    },
    Letters {
        to: Option<String>,
        rule: Option<String>,
        count: usize,
    },
}

impl ExpectationKind {
    /// The rule that it rests on.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Flag { rule, .. } | Self::Cleared { rule, .. } | Self::Refused { rule, .. } | Self::Never { rule, .. } => {
                Some(rule)
            }
            Self::Letters { rule, .. } => rule.as_deref(),
        }
    }
}
