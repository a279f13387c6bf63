//! `ratio-exceeded` (L11): staff has fallen, so that those already placed exceed the ratio. Nothing that is agreed is undone; the
//! liaison talks with the company before anybody else is placed there.

use crate::domain::{
    companies::workplace::Workplace,
    rules::{
        about::About,
        evidence::{compared, hundredths},
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::localized::localized,
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("ratio-exceeded"),
    about: About::Workplace,
    basis: Basis::Figure("ratio_first_step"),
    evaluate: Evaluate::Workplace(evaluate),
    words: Wording {
        what: (
            "Der er flere støttede personer, end de ordinært ansatte giver plads til.",
            "There are more supported persons than the ordinary employees allow.",
        ),
        why: (
            "Praktikanter må ikke træde i stedet for ordinært ansatte.",
            "Interns must not take the place of ordinary employees.",
        ),
        now: (
            "Tal med virksomheden om bemandingen, og henvis ingen nye, før forholdet er i orden.",
            "Talk with the company about its staff, and send nobody new before the ratio is right again.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let ratio = workplace.ratio(today, today, None, figures);
    let Some(ordinary) = ratio.ordinary.filter(|_| ratio.is_exceeded(figures)) else { return Vec::new() };
    let full_week = (figures.weekly_hours_at_most * 60).max(1);
    vec![Finding {
        subject: Subject::Workplace(workplace.id.clone()),
        occasion: String::new(),
        steps: vec![FlagStep { level: Level::Notice, on: today, audience: vec![Audience::Liaison] }],
        evidence: vec![
            compared(localized("Arbejdsplads", "Workplace"), format!("{} ({})", workplace.name, workplace.p_number)),
            compared(
                localized("Støttede personer (timer / 37)", "Supported persons (hours / 37)"),
                hundredths(ratio.minutes * 100 / full_week),
            ),
            compared(localized("Højst", "At most"), ratio.limit),
            compared(
                localized("Ordinært ansatte (gennemsnit, fuldtid)", "Ordinary employees (average, full-time)"),
                hundredths(ordinary),
            ),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::companies::workplace::Workplace;
    use crate::domain::testing::*;

    fn crowded(figures: &[(&str, i64)]) -> Workplace {
        let mut place = with_staff(figures);
        place_intern(&mut place, "a", "2024-01-08", "2024-04-07", 37.0);
        place_intern(&mut place, "b", "2024-01-08", "2024-04-07", 20.0);
        place
    }

    #[test]
    fn staff_that_fell_exceeds_the_ratio_while_interns_are_there() {
        // Two may be there with ten; the average of four months falls below ten in March.
        let place = crowded(&[("2023-10-01", 1100), ("2024-02-01", 900)]);
        expect_levels_at(
            &place,
            "ratio-exceeded",
            &[
                ("2024-01-31", ""),
                ("2024-02-29", ""),
                ("2024-03-01", ""),
                ("2024-04-01", "notice"),
                ("2024-04-07", "notice"),
                ("2024-04-08", ""),
            ],
        );
        expect_levels_at(&crowded(&[]), "ratio-exceeded", &[("2024-04-01", "")]);
        expect_levels_at(&crowded(&[("2023-10-01", 1000)]), "ratio-exceeded", &[("2024-04-01", "")]);
    }
}
