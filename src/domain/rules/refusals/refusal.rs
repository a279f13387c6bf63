//! What a rule answers where a registration does not happen. What is refused is a registration, never a person: a person decides
//! about people (L21).

use crate::domain::{
    people::access::Role,
    rules::{evidence::Compared, rule_id::RuleId},
    values::{localized::Localized, text::WeeklyHours},
};
use chrono::NaiveDate;

/// Why a registration does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub rule: RuleId,
    /// Whose written reasons would let it happen; none where it is refused.
    pub ask_of: Option<Role>,
    pub reference: String,
    pub reason: Localized,
    pub compared: Vec<Compared>,
    /// What would make it pass.
    pub passes_if: Localized,
    /// Codes of what is missing, where that is what is wrong.
    pub missing: Vec<&'static str>,
    /// The latest last day with which it would pass.
    pub latest_last_day: Option<NaiveDate>,
    /// The most weekly hours with which it would pass.
    pub hours_left: Option<WeeklyHours>,
}
