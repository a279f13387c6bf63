//! `derailed` (S14): relation and pressing problems come before a new internship, so the consultant gives reasons for one.

use crate::domain::{
    internships::follow_up::Phase,
    people::access::Role,
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            ask_rule::AskRule,
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
    },
    values::localized::localized,
};

pub const RULE: RefusalRule = RefusalRule { id: AskRule::Derailed.id(), figure: "derailed", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let seen = check.course.phases();
    let latest = seen.last()?;
    let derailed = latest.phase == Phase::Derailment;
    (derailed && check.act == Act::Booking).then(|| Found {
        reason: localized(
            "Ved den seneste opfølgning var borgeren i afsporing. Relationen og de presserende problemer kommer først.",
            "At the latest follow-up the citizen was derailed. Relation and pressing problems come first.",
        ),
        compared: vec![compared(
            localized("Seneste opfølgning eller samtale", "Latest follow-up or conversation"),
            latest.said(),
        )],
        passes_if: localized("Skriv din begrundede beslutning.", "Give your reasoned decision."),
        missing: vec!["derailed-reason"],
        ask_of: Some(Role::Consultant),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn the_latest_phase_counts() {
        for (phases, asked) in [
            (vec![("2023-05-01", "derailment")], true),
            (vec![("2023-05-01", "derailment"), ("2023-06-01", "progression")], false),
            (vec![("2023-05-01", "progression"), ("2023-06-01", "derailment")], true),
            (vec![("2023-05-01", "stagnation")], false),
        ] {
            let mut case = RuleCase::new();
            case.other("2023-04-01", "2023-07-01", 10.0);
            for (on, phase) in &phases {
                case.phase(on, phase);
            }
            assert_eq!(case.asked("derailed"), asked, "{phases:?}");
        }
    }
}
