//! What is counted.

use crate::domain::rules::flags::{Audience, Level};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a caseload costs people's attention in a period.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    pub from: NaiveDate,
    /// Inclusive.
    pub to: NaiveDate,
    /// Internships that ran on a day of the period: on average, with one decimal, and at most.
    pub running_on_average: f64,
    pub running_at_most: usize,
    pub roles: Vec<RoleLoad>,
    pub rows: Vec<LoadRow>,
    /// Answers that refused or asked in the course of play, by rule.
    pub refused: BTreeMap<String, usize>,
}

/// What everybody of a role gets.
#[derive(Clone, Debug, Serialize)]
pub struct RoleLoad {
    pub role: Audience,
    /// Who got at least one mail.
    pub persons: usize,
    pub mails: usize,
    /// To one person.
    pub most_mails_on_one_day: usize,
    /// Days on which one person got more than two mails, of all persons together.
    pub days_with_more_than_two: usize,
    pub mails_on_days_off: usize,
    pub lines: usize,
    pub lines_per_person_and_week: f64,
    pub mails_per_person_and_week: f64,
}

/// What a rule tells a role at a level; without a level, a kind of letter that carries no lines.
#[derive(Clone, Debug, Serialize)]
pub struct LoadRow {
    pub role: Audience,
    /// The rule, or the kind of letter.
    pub what: String,
    /// In Danish: the kind of letter, or the rule's code.
    #[serde(skip)]
    pub said: String,
    pub level: Option<Level>,
    pub lines: usize,
    /// Mails with at least one such line: a mail with lines of two rules is counted for both, and once for its role.
    pub mails: usize,
}
