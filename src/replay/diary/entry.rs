//! One entry of a diary: something that happened on a day, in words and as data.

use crate::domain::{
    rules::flags::{Audience, Level},
    values::localized::Localized,
};
use chrono::NaiveDate;
use serde::Serialize;

crate::code_enum! {
    /// What an entry tells.
    pub enum EntryKind {
        Done = "done" ("gjort", "done"),
        Refused = "refused" ("AFVIST", "REFUSED"),
        /// A rule asks for written reasons, and there are none: it did not happen.
        Asked = "asked" ("SPURGT", "ASKED"),
        /// A rule asked, and the reasons were given: it happened.
        Reasoned = "reasoned" ("Spurgt", "Asked"),
        NotPlayed = "not-played" ("IKKE SPILLET", "NOT PLAYED"),
        Noted = "noted" ("bemærket", "noted"),
        Flagged = "flagged" ("FLAG", "FLAG"),
        Rose = "rose" ("FLAG, NÆSTE TRIN", "FLAG, NEXT STEP"),
        Cleared = "cleared" ("FLAG VÆK", "FLAG GONE"),
        Closed = "closed" ("FLAG LUKKET", "FLAG CLOSED"),
        Unanswered = "unanswered" ("FLAG LUKKET UDEN SVAR", "FLAG CLOSED UNANSWERED"),
        Told = "told" ("Fortalt til", "Told"),
        Sent = "sent" ("Brev til", "Letter to"),
    }
}

/// One thing that happened on a day.
#[derive(Clone, Debug, Serialize)]
pub struct DiaryEntry {
    pub on: NaiveDate,
    pub what: EntryKind,
    /// The file's name for what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The rule that refused, flagged or tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Who was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Audience>,
    /// Codes of what is missing, where that is what is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Asked only, nothing is kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dry_run: bool,
    /// What people themselves said in it stands in one language.
    pub text: Localized,
}

impl DiaryEntry {
    pub fn new(on: NaiveDate, what: EntryKind, text: Localized) -> Self {
        Self { on, what, about: None, rule: None, level: None, to: Vec::new(), missing: Vec::new(), dry_run: false, text }
    }
}
