//! `group-does-not-fit` (LAB § 6): the age by the CPR number contradicts the target group, on which limits and rights depend. It clears
//! when it is corrected or somebody has seen it.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{day::danish, localized::localized},
};
use chrono::{Months, NaiveDate};

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("group-does-not-fit"),
    about: About::Citizen,
    basis: Basis::Figure("youth_age"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Borgerens alder passer ikke til målgruppen.", "The citizen's age does not fit the target group."),
        why: (
            "Målgruppen afgør, hvor længe en praktik må vare, og hvilke rettigheder borgeren har.",
            "The target group decides how long an internship may last and which rights the citizen has.",
        ),
        now: (
            "Ret målgruppen, eller kvittér, hvis den er rigtig.",
            "Correct the target group, or acknowledge it where it is right.",
        ),
    },
    resolution: cleared,
    until_seen: true,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let citizen = &course.citizen;
    let Some(born_on) = citizen.born_on else { return Vec::new() };
    let limits = [(&figures.minor_groups, figures.minor_age), (&figures.youth_groups, figures.youth_age)];
    let Some((_, age)) = limits.into_iter().find(|(groups, _)| groups.contains(&citizen.target_group)) else { return Vec::new() };
    let birthday = born_on.checked_add_months(Months::new(age * 12));
    vec![Finding {
        subject: Subject::Citizen(citizen.id.clone()),
        occasion: citizen.target_group.as_str().to_owned(),
        steps: vec![FlagStep {
            level: Level::Notice,
            on: birthday.map_or(NEVER, |day| citizen.registered_on.map_or(day, |registered| registered.max(day))),
            audience: vec![Audience::Consultant],
        }],
        evidence: vec![
            compared(localized("Målgruppe", "Target group"), citizen.target_group.as_str()),
            compared(localized("Kun til og med alderen", "Only up to the age of"), age - 1),
            compared(localized("Fyldte år", "Birthday"), birthday.map_or_else(|| "–".to_owned(), danish)),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;
    use crate::domain::values::target_group::TargetGroup;

    #[test]
    fn from_the_birthday_on_or_from_the_day_of_registration() {
        for (group, born, registered, first) in [
            ("13", "2006-02-28", "2024-01-02", "2024-02-28"),
            ("4", "1994-02-28", "2024-01-02", "2024-02-28"),
            ("5", "1960-05-05", "2024-02-28", "2024-02-28"),
        ] {
            let mut course = course();
            course.citizen.target_group = TargetGroup::parse(group).unwrap();
            (course.citizen.born_on, course.citizen.registered_on) = (Some(day(born)), Some(day(registered)));
            expect_levels(&course, "group-does-not-fit", &[("2024-02-27", ""), (first, "notice"), ("2024-02-29", "notice")]);
            course.citizen.target_group = TargetGroup::parse("3").unwrap();
            expect_levels(&course, "group-does-not-fit", &[("2024-02-29", "")]);
        }
    }
}
