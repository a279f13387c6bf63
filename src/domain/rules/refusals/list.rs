//! All rules that refuse or ask at booking, change and extension. A new rule is a file beside this one, its `mod` line, and its
//! line here.

use crate::domain::rules::refusals::{
    company_record, derailed, duration_limit, extension_reason, goal_mismatch, hours, latest_employer, no_prospect, overlap,
    purpose_incomplete, reasonable_ratio, refusal_rule::RefusalRule, series, task_ruled_out,
};

/// All rules that refuse or ask, in the order in which they are asked.
pub const RULES: &[RefusalRule] = &[
    purpose_incomplete::RULE,
    no_prospect::RULE,
    duration_limit::RULE,
    extension_reason::RULE,
    hours::WEEKLY,
    hours::CAPACITY,
    task_ruled_out::RULE,
    overlap::RULE,
    reasonable_ratio::RULE,
    latest_employer::RULE,
    company_record::RULE,
    goal_mismatch::RULE,
    derailed::RULE,
    series::RULE,
];
