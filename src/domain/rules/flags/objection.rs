//! `objection` (S20): the citizen or the company does not agree. An objection stops the start and is shown; it never counts as
//! refusing an offer. It closes when it is withdrawn, or when its maker confirms a new version. Where no new version comes for some
//! working days, the team leader is told: an objection that nobody hears makes an opponent.

use crate::domain::{
    internships::{alignment::Party, course::Course, internship::Internship},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{localized::localized, working_days::plus_working_days},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("objection"),
    about: About::Internship,
    basis: Basis::Figure("objection_unheard_days"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Der er en indsigelse mod aftalen.", "There is an objection to the agreement."),
        why: ("Den, der bliver hørt, bliver ved.", "Whoever is heard stays with it."),
        now: (
            "Tal med den, der siger nej, og ret aftalen. En indsigelse er ikke et afslag på et tilbud.",
            "Talk with whoever objects, and change the agreement. An objection is no refusal of an offer.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let live = course.internships.iter().filter(|internship| !internship.is_closed());
    live.flat_map(|internship| of_internship(internship, figures)).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Vec<Finding> {
    let open = internship.versions().flat_map(|version| version.open_objections().map(move |objection| (version, objection)));
    open.filter(|(version, objection)| {
        let confirmed_since =
            || internship.versions().any(|later| later.number > version.number && later.confirmed_by(objection.party));
        objection.party != Party::Consultant && !confirmed_since()
    })
    .map(|(version, objection)| Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: objection.id.to_string(),
        steps: vec![
            FlagStep { level: Level::Warning, on: objection.on, audience: vec![Audience::Consultant] },
            FlagStep {
                level: Level::Warning,
                // A new version is what an objection asks for; from then on its confirmation is waited for.
                on: if internship.newest().number > version.number {
                    NEVER
                } else {
                    plus_working_days(objection.on, figures.objection_unheard_days)
                },
                audience: vec![Audience::Consultant, Audience::TeamLeader],
            },
        ],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Hvem", "Who"), objection.party.label()),
            compared(localized("Dato", "Date"), objection.on),
            compared(localized("Aftalens udgave", "Version of the agreement"), version.number),
        ],
        paused: false,
        until: None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::alignment::{Objection, Party},
        rules::flags::finding::Audience,
        testing::*,
        values::ids::ObjectionId,
    };

    #[test]
    fn it_stands_until_it_is_withdrawn_or_its_maker_confirms_a_new_version() {
        let objection = |party| Objection {
            id: ObjectionId::stored("o"),
            party,
            words: "Nej".into(),
            on: "2024-02-01".parse().unwrap(),
            withdrawn_on: None,
            given_by: None,
            via: None,
            withdrawn_because: None,
            withdrawn_via: None,
        };
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.internships[0].first.objections.push(objection(Party::Citizen));
        expect_levels(&course, "objection", &[("2024-01-31", ""), ("2024-02-01", "warning"), ("2024-02-02", "warning")]);
        expect_step(&course, "objection", &[("2024-02-01", 0), ("2024-02-07", 0), ("2024-02-08", 1)]);
        let leader = [Audience::Consultant, Audience::TeamLeader];
        assert_eq!(notified(&course, "objection", "2024-02-08"), leader);
        extend_first(&mut course, "2024-03-20", "2024-05-05");
        course.internships[0].later[0].confirmations.retain(|confirmation| confirmation.party != Party::Citizen);
        expect_levels(&course, "objection", &[("2024-03-20", "warning")]);
        expect_step(&course, "objection", &[("2024-03-20", 0)]);
        extend_first(&mut course, "2024-03-21", "2024-05-05");
        expect_levels(&course, "objection", &[("2024-03-21", "")]);
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.internships[0].first.objections.push(objection(Party::Company));
        course.internships[0].first.objections[0].withdrawn_on = Some("2024-02-05".parse().unwrap());
        expect_levels(&course, "objection", &[("2024-02-05", "")]);
        course.internships[0].first.objections.push(objection(Party::Company));
        end(&mut course, "a", "2024-03-01");
        expect_levels(&course, "objection", &[("2024-03-01", "")]);
    }
}
