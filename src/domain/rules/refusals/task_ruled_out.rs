//! `task-ruled-out` (S10): no planned task that a need rules out (bed-making was asked of someone with two slipped discs). Terms
//! of the list are compared by their keys; near terms are not.

use crate::domain::{
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::Check,
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::{
        localized::localized,
        vocabulary::{TermKind, label_of},
    },
};

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("task-ruled-out"), figure: "ruled_out_tasks", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let needs = &check.course.citizen.needs;
    let ruled_out = check.terms.tasks.iter().filter(|task| needs.iter().any(|need| need.facts.rules_out.contains(task)));
    let (da, en): (Vec<String>, Vec<String>) =
        ruled_out.map(|task| label_of(TermKind::Task, task)).map(|words| (words.da, words.en)).unzip();
    if da.is_empty() {
        return None;
    }
    let (da, en) = (da.join(", "), en.join(", "));
    Some(Found {
        reason: localized(format!("Borgerens skånebehov udelukker: {da}."), format!("The citizen's needs rule out: {en}.")),
        compared: vec![compared(
            localized("Planlagte opgaver, der er udelukket", "Planned tasks that are ruled out"),
            format!("{da} / {en}"),
        )],
        passes_if: localized(format!("Tag {da} ud af opgaverne."), format!("Take {en} out of the tasks.")),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_task_is_refused_only_where_a_need_rules_it_out() {
        for (task, refused) in [("heavy lifting", true), (" Heavy Lifting", true), ("schedules", false)] {
            let mut case = RuleCase::new();
            case.need_ruling_out("heavy lifting");
            case.task(task);
            assert_eq!(case.refused("task-ruled-out"), refused, "{task}");
        }
    }
}
