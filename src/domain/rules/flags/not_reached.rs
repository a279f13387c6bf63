//! `not-reached` (S1, S7): a party who must confirm or answer cannot be written to: it has no address here, or the mail server has
//! refused the letter for good. Nobody waits for an answer to a question that never arrived.

use crate::domain::{
    internships::{alignment::Party, course::Course, internship::Internship},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        localized::localized,
        working_days::{beside, plus_working_days_but},
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("not-reached"),
    about: About::Internship,
    basis: Basis::Figure("not_reached_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "En, der skal bekræfte eller svare, kan ikke få vores breve.",
            "Somebody who must confirm or answer does not get our letters.",
        ),
        why: (
            "Så venter alle på et svar, som ingen er blevet bedt om.",
            "So all wait for an answer that nobody has been asked for.",
        ),
        now: (
            "Ring, ret e-mailadressen – eller registrér svaret, hvis det er givet på papir eller i telefonen.",
            "Call, put the e-mail address right – or record the answer if it was given on paper or by telephone.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let live = course.internships.iter().filter(|internship| !internship.is_closed());
    live.flat_map(|internship| {
        [Party::Citizen, Party::Company].into_iter().filter_map(|party| of_party(course, internship, party, figures))
    })
    .collect()
}

/// Since when something is waited for from a party: a confirmation of the newest version, or the answer to the decision date.
fn asked_since(course: &Course, internship: &Internship, party: Party, figures: &Figures) -> Option<NaiveDate> {
    let newest = internship.newest();
    let confirmation = (!newest.confirmed_by(party)).then_some(newest.made_on);
    let unanswered = internship.is_open() && internship.answered().is_none() && !course.hire_agreed_since(internship, figures);
    let first_question = figures.decision_due_steps.first().copied().unwrap_or_default();
    let asked_on = |date: NaiveDate| beside(date, first_question).max(internship.started_on.unwrap_or(date));
    let answer = internship.decision_on().filter(|_| party == Party::Company && unanswered).map(asked_on);
    [confirmation, answer].into_iter().flatten().min()
}

fn of_party(course: &Course, internship: &Internship, party: Party, figures: &Figures) -> Option<Finding> {
    use Audience::{Consultant, TeamLeader};
    let unreachable = internship.unreachable.iter().find(|unreachable| unreachable.party == party)?;
    let asked = asked_since(course, internship, party, figures)?;
    let on = unreachable.since.map_or(asked, |since| since.max(asked));
    let away = internship.away_among(&[party], figures);
    let why = if unreachable.since.is_some() {
        localized("brevet blev afvist", "the letter was refused")
    } else {
        localized("ingen e-mailadresse", "no e-mail address")
    };
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: party.code().to_owned(),
        steps: two_steps(
            figures.not_reached_steps.map(|days| plus_working_days_but(on, days, &away)),
            [&[Consultant], &[Consultant, TeamLeader]],
        ),
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Hvem", "Who"), party.label()),
            compared(localized("Hvorfor", "Why"), why.clone()),
            compared(localized("Siden", "Since"), on),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::{alignment::Party, internship::Unreachable},
        testing::*,
    };

    #[test]
    fn at_once_and_three_working_days_later_while_something_is_waited_for() {
        let mut course = waiting("2024-01-04", "2024-02-05", &[Party::Consultant, Party::Company]);
        course.internships[0].unreachable = vec![Unreachable { party: Party::Citizen, since: None }];
        // A Thursday.
        expect_levels(
            &course,
            "not-reached",
            &[("2024-01-03", ""), ("2024-01-04", "notice"), ("2024-01-08", "notice"), ("2024-01-09", "warning")],
        );
        course.internships[0].unreachable[0].since = Some(day("2024-01-10"));
        expect_levels(&course, "not-reached", &[("2024-01-09", ""), ("2024-01-10", "notice"), ("2024-01-15", "warning")]);
        course.internships[0].unreachable[0].party = Party::Company;
        expect_levels(&course, "not-reached", &[("2024-01-15", "")]);
    }

    #[test]
    fn of_a_company_that_owes_an_answer_from_the_day_it_is_asked() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-03-25");
        course.internships[0].unreachable = vec![Unreachable { party: Party::Company, since: None }];
        expect_levels(&course, "not-reached", &[("2024-03-10", ""), ("2024-03-11", "notice"), ("2024-03-14", "warning")]);
        answer_with(&mut course, "no", "2024-03-15");
        expect_levels(&course, "not-reached", &[("2024-03-15", "")]);
    }

    #[test]
    fn days_on_which_the_company_is_closed_do_not_count() {
        let mut course = waiting("2024-01-04", "2024-02-05", &[Party::Consultant]);
        course.internships[0].unreachable = vec![Unreachable { party: Party::Company, since: None }];
        course.internships[0].closures = vec![closed("2024-01-01", "2024-01-10")];
        expect_levels(&course, "not-reached", &[("2024-01-04", "notice"), ("2024-01-14", "notice"), ("2024-01-15", "warning")]);
    }
}
