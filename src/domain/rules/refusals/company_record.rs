//! `company-record` (S8): a team leader answers for a workplace that uses internships in place of labour.

use crate::domain::{
    people::access::Role,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            company_extends_without_hiring, displacement,
            flag_rule::{FlagRule, level},
        },
        refusals::{
            ask_rule::AskRule,
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
    },
    values::localized::localized,
};

pub const RULE: RefusalRule =
    RefusalRule { id: AskRule::CompanyRecord.id(), figure: "company_record", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let put = check.act == Act::Booking || check.moves_place();
    if !put || check.is_kept() {
        return None;
    }
    let standing = |rule: FlagRule| {
        let findings = rule.about_workplace(check.workplace, check.figures, check.today);
        level(&findings, check.today).map(|level| (rule.id, level))
    };
    let standing: Vec<_> = [company_extends_without_hiring::RULE, displacement::RULE].into_iter().filter_map(standing).collect();
    (!standing.is_empty()).then(|| Found {
        reason: localized(
            "Arbejdspladsen er markeret til drøftelse. Teamlederen begrunder endnu en praktik dér.",
            "The workplace is marked to be talked about. The team leader gives reasons for one more internship there.",
        ),
        compared: standing.into_iter().map(|(rule, level)| compared(level.label(), rule.as_str())).collect(),
        passes_if: localized(
            "Bed teamlederen om en skriftlig begrundelse, eller vælg en arbejdsplads, der ansætter.",
            "Ask the team leader for written reasons, or choose a workplace that hires.",
        ),
        missing: vec!["company-record-reason"],
        ask_of: Some(Role::TeamLeader),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_flagged_workplace_asks_the_team_leader() {
        // Asked on 2024-01-02: a year back is 2023-01-02.
        for (first_end, leader, asked) in
            [("2023-01-01", false, false), ("2023-01-02", false, true), ("2023-01-03", false, true), ("2023-01-03", true, false)]
        {
            let mut case = RuleCase::new();
            for last in [first_end, "2023-06-30", "2023-12-31"] {
                case.intern_there("2022-12-01", last, 1.0);
                case.workplace.placements.last_mut().unwrap().ended_on = Some(day(last));
            }
            case.workplace.placements.iter_mut().for_each(|placement| placement.takes_up.clear());
            case.reason("company-record", leader);
            assert_eq!(case.asked("company-record"), asked, "{first_end}, by a leader: {leader}");
        }
    }
}
