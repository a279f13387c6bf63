//! `job-lost` (S19): a retention check says that the job did not last. The flag goes when somebody has seen it.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{day::danish, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("job-lost"),
    about: About::Hire,
    basis: Basis::Reference("S19"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Jobbet holdt ikke.", "The job did not hold."),
        why: (
            "Det, der gik galt, er det vigtigste at vide, før det næste sted findes.",
            "What went wrong is the most important thing to know before the next place is found.",
        ),
        now: (
            "Tal med borgeren og virksomheden om, hvad der gik galt, og aftal det næste skridt.",
            "Talk with citizen and company about what went wrong, and agree on the next step.",
        ),
    },
    resolution: cleared,
    until_seen: true,
};

fn evaluate(course: &Course, _: &Figures, _: NaiveDate) -> Vec<Finding> {
    let lost = course.outcomes.iter().flat_map(|outcome| outcome.checks.iter().map(move |check| (outcome, check)));
    lost.filter(|(_, check)| !check.holds)
        .map(|(outcome, check)| Finding {
            subject: Subject::Outcome(outcome.id.clone()),
            occasion: check.id.to_string(),
            steps: vec![FlagStep {
                level: Level::Warning,
                on: check.recorded_on,
                audience: vec![Audience::Consultant, Audience::Liaison],
            }],
            evidence: vec![
                compared(localized("Første arbejdsdag", "First day of work"), outcome.first_day),
                compared(localized("Kontrolleret", "Checked"), check.on),
                compared(localized("Sidste dag", "Last day"), outcome.ended_on.map_or_else(|| "–".to_owned(), danish)),
            ],
            paused: false,
            until: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::outcome::{OutcomeStep, RetentionCheck},
        testing::*,
        values::ids::RetentionCheckId,
    };

    #[test]
    fn it_is_told_from_the_day_on_which_the_check_is_recorded() {
        for (holds, level) in [(true, ""), (false, "warning")] {
            let mut course = course();
            let mut hire = outcome(None, OutcomeStep::FlexJob, None, "2024-01-01");
            let (on, recorded_on) = ("2024-02-28".parse().unwrap(), "2024-02-29".parse().unwrap());
            hire.checks.push(RetentionCheck { id: RetentionCheckId::stored("c"), on, holds, recorded_on });
            course.outcomes.push(hire);
            expect_levels(&course, "job-lost", &[("2024-02-28", ""), ("2024-02-29", level), ("2024-03-01", level)]);
        }
    }
}
