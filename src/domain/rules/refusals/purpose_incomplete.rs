//! `purpose-incomplete` (S1, L1): everything that the type requires is stated, a skill's target is above its present level, and
//! the decision date is after the start and not after the end.

use crate::domain::{
    internships::purpose::InternshipType,
    rules::{
        about::About,
        refusals::{
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::localized::localized,
};

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("purpose-incomplete"), figure: "purpose_statement", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let purpose = &check.terms.purpose;
    let mut missing = Vec::new();
    match purpose.kind {
        InternshipType::Clarification => {
            if purpose.questions.as_ref().is_none_or(Vec::is_empty) {
                missing.push(("questions", localized("de spørgsmål, praktikken skal besvare", "the questions it is to answer")));
            }
        }
        InternshipType::Training => match &purpose.skills {
            Some(skills) if !skills.is_empty() => {
                for skill in skills.iter().filter(|skill| skill.target <= skill.now) {
                    missing.push((
                        "skill-target",
                        localized(
                            format!("et mål over {} for »{}«", skill.now.get(), skill.skill),
                            format!("a target above {} for “{}”", skill.now.get(), skill.skill),
                        ),
                    ));
                }
            }
            _ => missing.push((
                "skills",
                localized("de færdigheder, der skal læres, med nu og mål", "the skills to be learned, each with now and target"),
            )),
        },
        InternshipType::Recruitment => match &purpose.prospect {
            Some(position) if position.must_be_able_to.is_empty() => {
                missing.push(("must-be-able-to", localized("hvad borgeren skal kunne", "what the citizen must be able to do")));
            }
            Some(_) => {}
            None => missing.push((
                "prospect",
                localized("stillingen, dens timer, krav og dato for svar", "the position, its hours, demands and decision date"),
            )),
        },
    }
    // A date that an extension leaves standing was checked when it was set.
    let unchanged = check.act == Act::Extension && check.own.is_some_and(|own| own.decision_on() == check.terms.decision_on);
    if let Some(date) = check.terms.decision_on
        && !unchanged
        && !(check.period().first < date && date <= check.terms.period.last)
    {
        missing.push((
            "decision-date",
            localized(
                "en dato for svar, der ligger efter start og senest på slutdatoen",
                "a decision date after the start and not after the end",
            ),
        ));
    }
    if missing.is_empty() {
        return None;
    }
    let list = |pick: fn(&crate::domain::values::localized::Localized) -> &String| {
        missing.iter().map(|(_, words)| pick(words).clone()).collect::<Vec<_>>().join("; ")
    };
    let (da, en) = (list(|words| &words.da), list(|words| &words.en));
    let kind = purpose.kind.label();
    Some(Found {
        reason: localized(
            format!("Formålet er ikke fuldt beskrevet. En {} skal angive: {da}.", kind.da),
            format!("The purpose is not complete. A {} internship must state: {en}.", kind.en),
        ),
        passes_if: localized(format!("Tilføj {da}."), format!("Add {en}.")),
        missing: missing.into_iter().map(|(code, _)| code).collect(),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    type Setup = fn(&mut RuleCase);

    #[test]
    fn each_type_must_state_its_own() {
        let cases: [(&str, Setup, &[&str]); 7] = [
            ("a clarification with a question", |_| {}, &[]),
            ("no question", |s| s.terms.purpose.questions = Some(vec![]), &["questions"]),
            ("training without skills", |s| s.kind("training"), &["skills"]),
            ("a target not above now", |s| s.training(3, 3), &["skill-target"]),
            ("a target above now", |s| s.training(3, 4), &[]),
            ("recruitment without a position", |s| s.kind("recruitment"), &["prospect"]),
            ("recruitment with one", |s| s.recruitment("2024-03-25"), &[]),
        ];
        for (what, change, missing) in cases {
            let mut case = RuleCase::new();
            change(&mut case);
            assert_eq!(case.missing("purpose-incomplete"), missing, "{what}");
        }
    }

    #[test]
    fn the_decision_date_lies_after_the_start_and_not_after_the_end() {
        for (date, refused) in [("2024-01-08", true), ("2024-01-09", false), ("2024-04-07", false), ("2024-04-08", true)] {
            let mut case = RuleCase::new();
            case.recruitment(date);
            assert_eq!(case.refused("purpose-incomplete"), refused, "{date}");
        }
    }
}
