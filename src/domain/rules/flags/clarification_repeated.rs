//! `clarification-repeated` (S6, L2): the same question is asked in one clarification after another, or there is a third
//! clarification. It clears when the citizen is hired or the question is answered.

use crate::domain::{
    internships::{course::Course, internship::Internship, purpose::InternshipType},
    rules::{
        about::About,
        evidence::{Comparable, compared, listed},
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{localized::localized, text::folded},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("clarification-repeated"),
    about: About::Citizen,
    basis: Basis::Figure("same_question_internships"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Borgeren er i afklaring igen, før de tidligere spørgsmål er besvaret.",
            "The citizen is in clarification again before the former questions are answered.",
        ),
        why: (
            "En afklaring har et svar. Uden svar er den næste bare endnu en start forfra.",
            "A clarification has an answer. Without one the next is just another start from scratch.",
        ),
        now: (
            "Svar på spørgsmålet sammen med borgeren ud fra det, der er set – og gå videre mod et job.",
            "Answer the question together with the citizen from what has been seen – and go on towards a job.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let hired = course.hires(figures, today).map(|hire| hire.first_day).max();
    let answered: BTreeSet<String> = course
        .held()
        .iter()
        .flat_map(|(_, held)| held.record.answers.iter().flatten())
        .map(|answer| folded(answer.question.as_str()))
        .collect();
    let mut open: Vec<(&Internship, NaiveDate, BTreeSet<String>)> = Vec::new();
    for internship in &course.internships {
        let terms = &internship.standing().terms;
        let Some(started) = internship.started_on.filter(|on| hired.is_none_or(|hired| *on > hired)) else { continue };
        let questions = terms.purpose.questions.iter().flatten().map(|question| folded(question.as_str()));
        let unanswered: BTreeSet<String> = questions.filter(|question| !answered.contains(question)).collect();
        if terms.kind() == InternshipType::Clarification && !unanswered.is_empty() {
            open.push((internship, started, unanswered));
        }
    }
    open.sort_by_key(|(_, on, _)| *on);
    let mut asked: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
    for (_, on, questions) in &open {
        for question in questions {
            asked.entry(question).or_default().push(*on);
        }
    }
    let nth = |days: &[NaiveDate], count: i64| usize::try_from(count - 1).ok().and_then(|index| days.get(index)).copied();
    let same = asked.values().filter_map(|days| nth(days, figures.same_question_internships)).min();
    let all: Vec<NaiveDate> = open.iter().map(|(_, on, _)| *on).collect();
    let on = same.into_iter().chain(nth(&all, figures.clarification_internships)).min().unwrap_or(NEVER);
    if open.is_empty() {
        return Vec::new();
    }
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: vec![FlagStep { level: Level::Notice, on, audience: vec![Audience::Consultant, Audience::TeamLeader] }],
        evidence: vec![
            compared(
                localized("Afklaringspraktikker uden svar", "Clarifications without an answer"),
                listed(open.iter().map(|(internship, on, _)| {
                    let day = on.written();
                    localized(format!("{} ({})", internship.reference, day.da), format!("{} ({})", internship.reference, day.en))
                })),
            ),
            compared(
                localized("Flest med samme spørgsmål", "Most with the same question"),
                asked.values().map(Vec::len).max().unwrap_or_default(),
            ),
            compared(
                localized("Grænser", "Limits"),
                localized(
                    format!(
                        "samme spørgsmål: {}; i alt: {}",
                        figures.same_question_internships, figures.clarification_internships
                    ),
                    format!(
                        "same question: {}; in all: {}",
                        figures.same_question_internships, figures.clarification_internships
                    ),
                ),
            ),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        input::read,
        internships::{course::Course, outcome::OutcomeStep},
        testing::*,
    };
    use serde_json::json;

    fn clarifications(all: &[(&str, &str)]) -> Course {
        let mut course = course();
        for (number, (first, question)) in all.iter().enumerate() {
            add_at(&mut course, &format!("i{number}"), &format!("place{number}"), first, first);
            let purpose = json!({"kind": "clarification", "questions": [question]});
            course.internships[number].first.terms.purpose = read(&purpose).unwrap();
        }
        course
    }

    #[test]
    fn the_same_question_twice_however_it_is_written_or_a_third_clarification() {
        let twice = clarifications(&[("2023-01-21", "Kan jeg klare det?"), ("2023-06-10", " kan jeg KLARE det? ")]);
        expect_levels(
            &twice,
            "clarification-repeated",
            &[("2023-06-09", ""), ("2023-06-10", "notice"), ("2023-06-11", "notice")],
        );
        let other = clarifications(&[("2023-01-21", "Det ene?"), ("2023-06-10", "Det andet?"), ("2023-12-31", "Det tredje?")]);
        expect_levels(&other, "clarification-repeated", &[("2023-06-10", ""), ("2023-12-30", ""), ("2023-12-31", "notice")]);
    }

    #[test]
    fn an_answer_or_a_hire_lets_it_rest() {
        let mut course = clarifications(&[("2023-01-21", "Kan jeg klare det?"), ("2023-06-10", "Kan jeg klare det?")]);
        follow_up(
            &mut course,
            "2023-06-12",
            json!({"answers": [{"question": "kan jeg klare det?", "answer": "Ja, i fire timer."}]}),
        );
        expect_levels(&course, "clarification-repeated", &[("2023-06-12", "")]);
        let mut course = clarifications(&[("2023-01-21", "Kan jeg klare det?"), ("2023-06-10", "Kan jeg klare det?")]);
        course.outcomes.push(outcome(None, OutcomeStep::FlexJob, None, "2023-07-01"));
        expect_levels(&course, "clarification-repeated", &[("2023-07-01", "")]);
    }
}
