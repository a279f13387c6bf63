//! A rule that rests on a figure of the rulebook and is asked elsewhere than at a booking, for the table of all rules.

use crate::domain::rules::{about::About, rule_id::RuleId};

/// Its reference, its target groups and its effect are those of its figure's row.
#[derive(Clone, Copy, Debug)]
pub struct RuleOnFigure {
    pub id: RuleId,
    pub figure: &'static str,
    pub about: About,
}
