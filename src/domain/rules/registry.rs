//! Every rule that there is, whatever it does: what a rule's id can be read from.

use crate::domain::{
    internships::gate,
    rules::{
        flags,
        refusals::{approaches, list},
        rule_id::RuleId,
        rule_on_figure::RuleOnFigure,
    },
};

/// Every rule that can refuse or ask, the start gate and those about approaches included.
pub fn refusing() -> impl Iterator<Item = RuleOnFigure> {
    let at_booking = list::RULES.iter().map(|rule| RuleOnFigure { id: rule.id, figure: rule.figure, about: rule.about });
    at_booking.chain([gate::RULE, approaches::LIMIT, approaches::PROTECTED])
}

/// The ids of all rules.
pub fn ids() -> impl Iterator<Item = RuleId> {
    refusing().map(|rule| rule.id).chain(flags::list::RULES.iter().map(|rule| rule.id))
}

/// The ids of rules that there are no longer. Rows name them for ever, so whoever takes a rule away puts its id here.
const RETIRED: &[RuleId] = &[];

impl RuleId {
    /// The rule of a text, one that there is no longer among them; none where there has never been such a rule.
    pub fn parse(text: &str) -> Option<Self> {
        ids().chain(RETIRED.iter().copied()).find(|id| id.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_is_read_back_from_its_id_and_no_two_share_one() {
        let all: BTreeSet<RuleId> = ids().collect();
        assert_eq!(all.len(), ids().count());
        for id in all {
            assert_eq!(RuleId::parse(id.as_str()), Some(id));
        }
        for unknown in ["", "decision-Due", "decision-due ", "no-such-rule"] {
            assert_eq!(RuleId::parse(unknown), None, "{unknown:?}");
        }
    }
}
