//! All rules that flag. A new rule is a file beside this one, its `mod` line, and its line here.

use crate::domain::{
    rules::{
        flags::{
            absence, accommodation_unkept, alignment_missing, alignment_stale, awaited_clarification, began_before_gate,
            belief_falling, clarification_repeated, commitment_broken, company_extends_without_hiring, consultant_changes,
            decision_due, displacement, ends_without_plan, extended_without_hire,
            flag_rule::{FlagRule, Words},
            follow_up_overdue, goal_mismatch_repeated, group_does_not_fit, handover_missing, internship_series, job_lost,
            legal_limit_near, long_stay, not_belonging, not_reached, objection, pause_open, prospect_withdrawn, ratio_exceeded,
            retention_check_due, stagnation, standstill, start_not_recorded, step_overdue, training_without_learning,
            without_consultant,
        },
        rule_id::RuleId,
    },
    values::localized::localized,
};
use chrono::NaiveDate;

/// All rules that flag, in the order in which they are evaluated.
pub const RULES: &[FlagRule] = &[
    extended_without_hire::RULE,
    long_stay::RULE,
    internship_series::RULE,
    company_extends_without_hiring::RULE,
    displacement::RULE,
    ratio_exceeded::RULE,
    prospect_withdrawn::RULE,
    decision_due::RULE,
    commitment_broken::RULE,
    ends_without_plan::RULE,
    start_not_recorded::RULE,
    began_before_gate::RULE,
    legal_limit_near::RULE,
    alignment_missing::RULE,
    alignment_stale::RULE,
    not_reached::RULE,
    accommodation_unkept::RULE,
    follow_up_overdue::RULE,
    goal_mismatch_repeated::RULE,
    training_without_learning::RULE,
    clarification_repeated::RULE,
    stagnation::RULE,
    absence::RULE,
    pause_open::RULE,
    not_belonging::RULE,
    belief_falling::RULE,
    standstill::RULE,
    step_overdue::RULE,
    awaited_clarification::RULE,
    group_does_not_fit::RULE,
    consultant_changes::RULE,
    handover_missing::RULE,
    objection::RULE,
    retention_check_due::RULE,
    job_lost::RULE,
    without_consultant::RULE,
];

/// The rule of an id; none where it is no rule that flags (any longer).
pub fn rule(id: RuleId) -> Option<&'static FlagRule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// What those rules say that are about a date, until it has passed: before and after it are two things.
const AHEAD: [(RuleId, (&str, &str)); 2] =
    [(decision_due::RULE.id, decision_due::AHEAD), (ends_without_plan::RULE.id, ends_without_plan::AHEAD)];

/// A rule's words on a day, for a flag of an occasion.
pub fn words_on(rule: &FlagRule, occasion: &str, today: NaiveDate) -> Words {
    let words = rule.words();
    let is_ahead = occasion.parse::<NaiveDate>().is_ok_and(|day| today <= day);
    match AHEAD.iter().find(|(id, _)| *id == rule.id).filter(|_| is_ahead) {
        Some((_, (da, en))) => Words { what: localized(*da, *en), ..words },
        None => words,
    }
}
