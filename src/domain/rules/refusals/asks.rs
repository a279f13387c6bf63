//! What is asked: the registration happens only with written reasons from someone whose role may give them. An ask is put at
//! booking, and at a change of what it concerns; an extension asks nothing more than `extension-reason`.
//!
//! `company-record` (S8): a team leader answers for a workplace that uses internships in place of labour.
//! `goal-mismatch` (S11): the work has nothing to do with the citizen's goal. `derailed` (S14): relation and pressing problems
//! come first. `series` (S6): one more internship after several without a job.

use crate::domain::{
    internships::follow_up::Phase,
    people::access::Role,
    rules::{
        flags::{self, Level},
        refusals::{Act, Check, Found, compared},
    },
    values::{
        localized::localized,
        vocabulary::{TermKind, label_of},
    },
};

crate::code_enum! {
    /// The rules that ask.
    pub enum AskRule {
        LatestEmployer = "latest-employer" ("seneste arbejdsgiver", "latest employer"),
        CompanyRecord = "company-record" ("virksomhedens historik", "the company's record"),
        GoalMismatch = "goal-mismatch" ("uden for borgerens mål", "outside the citizen's goals"),
        Derailed = "derailed" ("afsporing", "derailment"),
        Series = "series" ("række af praktikker", "series of internships"),
    }
}

pub fn company_record(check: &Check) -> Option<Found> {
    let put = check.act == Act::Booking || check.moves_place();
    if !put || check.is_kept() {
        return None;
    }
    let level = |rule| flags::level_at(rule, check.workplace, check.figures, check.today).map(|level| (rule, level));
    let standing: Vec<_> = ["company-extends-without-hiring", "displacement"].into_iter().filter_map(level).collect();
    (!standing.is_empty()).then(|| Found {
        figure: None,
        reason: localized(
            "Arbejdspladsen har et flag: den bruger praktik i stedet for at ansætte. En teamleder skal begrunde endnu en praktik der.",
            "The workplace stands flagged: it uses internships instead of hiring. A team leader must give reasons for one more there.",
        ),
        compared: standing.into_iter().map(|(rule, level)| compared(level.label(), rule)).collect(),
        passes_if: localized(
            "Bed teamlederen om en skriftlig begrundelse, eller vælg en arbejdsplads, der ansætter.",
            "Ask the team leader for written reasons, or choose a workplace that hires.",
        ),
        missing: vec!["company-record-reason"],
        ask_of: Some(Role::TeamLeader),
        ..Found::default()
    })
}

pub fn goal_mismatch(check: &Check) -> Option<Found> {
    let put = check.act == Act::Booking || check.changes_occupation();
    let goals = &check.course.citizen.goals;
    if !put || check.course.citizen.has_goal(&check.terms.occupation) {
        return None;
    }
    let occupations: Vec<_> =
        goals.iter().flat_map(|goal| &goal.occupations).map(|term| label_of(TermKind::Occupation, term)).collect();
    let own_words = goals.iter().map(|goal| goal.own_words.to_string()).collect::<Vec<_>>().join(" · ");
    let names = occupations.iter().map(|words| format!("{} / {}", words.da, words.en)).collect::<Vec<_>>().join(", ");
    let asked = label_of(TermKind::Occupation, &check.terms.occupation);
    Some(Found {
        figure: None,
        reason: localized(
            "Arbejdet har ikke noget med borgerens mål at gøre. Skriv hvorfor det alligevel er et skridt på vejen.",
            "The work has nothing to do with the citizen's goal. State why it is a step on the way all the same.",
        ),
        compared: vec![
            compared(localized("Praktikkens fag", "The internship's occupation"), format!("{} / {}", asked.da, asked.en)),
            compared(localized("Borgerens mål", "The citizen's goals"), names),
            compared(localized("Med borgerens egne ord", "In the citizen's own words"), own_words),
        ],
        passes_if: localized(
            "Skriv en begrundelse i goal_mismatch_reason, eller find et sted inden for borgerens mål.",
            "Give reasons in goal_mismatch_reason, or find a place within the citizen's goals.",
        ),
        missing: vec!["goal-mismatch-reason"],
        ask_of: Some(Role::Consultant),
        ..Found::default()
    })
}

pub fn derailed(check: &Check) -> Option<Found> {
    let held = check.course.held();
    let (internship, latest) = held.iter().rev().find(|(_, held)| held.record.phase.is_some())?;
    let derailed = latest.record.phase == Some(Phase::Derailment);
    (derailed && check.act == Act::Booking).then(|| Found {
        figure: None,
        reason: localized(
            "Ved den seneste opfølgning var borgeren i afsporing. Relationen og de presserende problemer kommer først.",
            "At the latest follow-up the citizen was derailed. Relation and pressing problems come first.",
        ),
        compared: vec![
            compared(localized("Seneste opfølgning", "Latest follow-up"), latest.on),
            compared(localized("Ved praktik", "At internship"), &internship.reference),
        ],
        passes_if: localized(
            "Skriv din begrundede beslutning i derailed_reason.",
            "Give your reasoned decision in derailed_reason.",
        ),
        missing: vec!["derailed-reason"],
        ask_of: Some(Role::Consultant),
        ..Found::default()
    })
}

pub fn series(check: &Check) -> Option<Found> {
    if check.act != Act::Booking || check.is_kept() {
        return None;
    }
    let level = flags::level_of("internship-series", check.course, check.figures, check.today)?;
    let of = if level >= Level::Warning { Role::TeamLeader } else { Role::Consultant };
    Some(Found {
        figure: None,
        reason: localized(
            "Borgeren er i en række praktikker uden job. Skriv, hvad den næste gør anderledes.",
            "The citizen is in a series of internships without a job. State what the next one does differently.",
        ),
        compared: vec![compared(localized("Flaget internship-series står som", "The flag internship-series stands at"), level)],
        passes_if: match of {
            Role::TeamLeader => localized(
                "Bed teamlederen om en skriftlig begrundelse, eller få et job på plads i stedet.",
                "Ask the team leader for written reasons, or settle a job instead.",
            ),
            _ => localized("Skriv en begrundelse i series_reason.", "Give reasons in series_reason."),
        },
        missing: vec!["series-reason"],
        ask_of: Some(of),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn an_occupation_outside_the_goals_asks_and_reasons_answer() {
        for (goals, occupation, reason, asked) in [
            (vec!["office"], "shop", false, true),
            (vec!["office"], "shop", true, false),
            (vec!["office", "shop"], "shop", false, false),
            (vec![], "shop", false, false),
        ] {
            let mut scene = Scene::new();
            scene.goals(&goals);
            scene.occupation(occupation);
            if reason {
                scene.reason("goal-mismatch", false);
            }
            assert_eq!(scene.asked("goal-mismatch"), asked, "{goals:?} {occupation} {reason}");
        }
    }

    #[test]
    fn a_flagged_workplace_asks_the_team_leader() {
        // Asked on 2024-01-02: a year back is 2023-01-02.
        for (first_end, leader, asked) in
            [("2023-01-01", false, false), ("2023-01-02", false, true), ("2023-01-03", false, true), ("2023-01-03", true, false)]
        {
            let mut scene = Scene::new();
            for last in [first_end, "2023-06-30", "2023-12-31"] {
                scene.intern_there("2022-12-01", last, 1.0);
                scene.workplace.placements.last_mut().unwrap().ended_on = Some(day(last));
            }
            scene.workplace.placements.iter_mut().for_each(|placement| placement.takes_up.clear());
            scene.reason("company-record", leader);
            assert_eq!(scene.asked("company-record"), asked, "{first_end}, by a leader: {leader}");
        }
    }

    #[test]
    fn the_latest_phase_counts() {
        for (phases, asked) in [
            (vec![("2023-05-01", "derailment")], true),
            (vec![("2023-05-01", "derailment"), ("2023-06-01", "progression")], false),
            (vec![("2023-05-01", "progression"), ("2023-06-01", "derailment")], true),
            (vec![("2023-05-01", "stagnation")], false),
        ] {
            let mut scene = Scene::new();
            scene.other("2023-04-01", "2023-07-01", 10.0);
            for (on, phase) in &phases {
                scene.phase(on, phase);
            }
            assert_eq!(scene.asked("derailed"), asked, "{phases:?}");
        }
    }

    #[test]
    fn a_series_asks_the_consultant_and_from_a_warning_the_team_leader() {
        for (earlier, leader, asked) in [(2, false, false), (3, false, true), (3, true, true), (4, false, true), (4, true, true)]
        {
            let mut scene = Scene::new();
            scene.earlier_internships(earlier);
            assert_eq!(scene.asked("series"), asked, "{earlier} earlier");
            scene.reason("series", leader);
            let answered = asked && (earlier == 3 || leader);
            assert_eq!(scene.asked("series"), asked && !answered, "{earlier} earlier, by a leader: {leader}");
        }
    }
}
