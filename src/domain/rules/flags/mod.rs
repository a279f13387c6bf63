//! What is flagged: it happened, and someone must act. A rule is a pure function of a citizen's course or of a workplace, of
//! figures and a date. Adding one is a file here and its line in [`list`]; its figures are rows of `config/rules.toml`.

pub mod absence;
pub mod accommodation_unkept;
pub mod alignment_missing;
pub mod alignment_stale;
pub mod awaited_clarification;
pub mod began_before_gate;
pub mod belief_falling;
pub mod clarification_repeated;
pub mod commitment_broken;
pub mod company_extends_without_hiring;
pub mod consultant_changes;
pub mod decision_due;
pub mod displacement;
pub mod ends_without_plan;
pub mod evaluate;
pub mod event_kind;
pub mod extended_without_hire;
pub mod finding;
pub mod flag_rule;
pub mod follow_up_overdue;
pub mod goal_mismatch_repeated;
pub mod group_does_not_fit;
pub mod handover_missing;
pub mod internship_series;
pub mod job_lost;
pub mod legal_limit_near;
pub mod list;
pub mod long_stay;
pub mod not_belonging;
pub mod not_reached;
pub mod objection;
pub mod prospect_withdrawn;
pub mod ratio_exceeded;
pub mod retention_check_due;
pub mod stagnation;
pub mod standstill;
pub mod start_not_recorded;
pub mod steps;
pub mod training_without_learning;
pub mod without_consultant;

pub use evaluate::{findings, findings_at, next_evaluation, next_evaluation_at};
pub use event_kind::FlagEventKind;
pub use finding::{Audience, Finding, Level, Resolution, Subject};
pub use flag_rule::{FlagRule, Words};
pub use list::{RULES, rule};
