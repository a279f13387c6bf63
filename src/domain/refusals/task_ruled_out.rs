//! `task-ruled-out` (S10): no planned task that a need rules out: bed-making was asked of someone with two slipped
//! discs. Compared by the list of terms; near terms are not compared.

use super::{Check, Found, compared};
use crate::domain::said::said;

pub fn check(check: &Check) -> Option<Found> {
    let needs = &check.course.citizen.needs;
    let ruled_out: Vec<&str> = check
        .terms
        .tasks
        .iter()
        .filter(|task| needs.iter().any(|need| need.facts.rules_out.contains(task)))
        .map(|task| task.as_str())
        .collect();
    if ruled_out.is_empty() {
        return None;
    }
    let list = ruled_out.join(", ");
    Some(Found {
        reference: "S10".into(),
        reason: said(format!("Borgerens skånebehov udelukker: {list}."), format!("The citizen's needs rule out: {list}.")),
        compared: vec![compared(said("Planlagte opgaver, der er udelukket", "Planned tasks that are ruled out"), &list)],
        passes_if: said(format!("Tag {list} ud af opgaverne."), format!("Take {list} out of the tasks.")),
        missing: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_task_is_refused_only_where_a_need_rules_it_out() {
        for (task, refused) in [("heavy lifting", true), (" Heavy Lifting", true), ("schedules", false)] {
            let mut scene = Scene::new();
            scene.need_ruling_out("heavy lifting");
            scene.task(task);
            assert_eq!(scene.refused("task-ruled-out"), refused, "{task}");
        }
    }
}
