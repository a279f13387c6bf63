//! A rule that refuses or asks, as its file declares it, and what it finds.

use crate::domain::{
    people::access::Role,
    rules::{
        about::About,
        evidence::Compared,
        refusals::{check::Check, refusal::Refusal},
        rule_id::RuleId,
        rulebook::Rulebook,
    },
    values::{localized::Localized, text::WeeklyHours},
};
use chrono::NaiveDate;

/// A rule that refuses or asks. Its reference, its target groups and its effect are those of its figure in the rulebook.
pub struct RefusalRule {
    pub id: RuleId,
    pub figure: &'static str,
    pub about: About,
    pub check: fn(&Check) -> Option<Found>,
}

/// What a rule found, before its id is put to it.
#[derive(Default)]
pub struct Found {
    /// The figure that it rests on, where it is not the rule's own.
    pub figure: Option<&'static str>,
    pub reason: Localized,
    pub compared: Vec<Compared>,
    pub passes_if: Localized,
    pub missing: Vec<&'static str>,
    /// Whose written reasons are asked for; none where it refuses.
    pub ask_of: Option<Role>,
    pub latest_last_day: Option<NaiveDate>,
    pub hours_left: Option<WeeklyHours>,
}

impl Found {
    /// The refusal, under the rule's id and with the reference that its figure has on the day; an ask, where somebody's reasons
    /// would let it happen.
    pub fn refusal(self, rule: RuleId, figure: &'static str, ask_of: Option<Role>, book: &Rulebook, day: NaiveDate) -> Refusal {
        Refusal {
            rule,
            ask_of,
            reference: book.reference(self.figure.unwrap_or(figure), day).to_owned(),
            reason: self.reason,
            compared: self.compared,
            passes_if: self.passes_if,
            missing: self.missing,
            latest_last_day: self.latest_last_day,
            hours_left: self.hours_left,
        }
    }
}
