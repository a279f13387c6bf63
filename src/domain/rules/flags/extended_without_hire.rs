//! `extended-without-hire` (S5): "They are not just to extend and extend." Each extension in force, and each extension by another
//! name, is a step. It clears when the citizen is hired, and closes when the internship has ended.

use crate::domain::{
    internships::course::{Course, Stay},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::{NEVER, three_steps},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::localized::localized,
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("extended-without-hire"),
    about: About::Internship,
    basis: Basis::Figure("extended_without_hire_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Praktikken er forlænget uden ansættelse.", "The internship was extended without a hire."),
        why: (
            "I undersøgelsen lærte borgerne jobbet, men fik en forlængelse i stedet for en ansættelse. Hver forlængelse gør det mindre sandsynligt, at der kommer et job.",
            "People learned the job and were given one more extension instead of it. Each extension makes a job less likely.",
        ),
        now: (
            "Bed virksomheden svare: ansættelse eller nej – og aftal en dato for svaret.",
            "Ask the company to answer: hire, or no – and agree on a date for the answer.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let open = course.internships.iter().filter(|internship| {
        internship.is_open()
            && !course.hired_since(internship, figures, today)
            && !course.kept_at_own_workplace(internship, figures)
    });
    open.filter_map(|internship| {
        let started = internship.started_on?;
        let before = usize::try_from(course.extensions_before(Stay::of(internship), figures)).unwrap_or_default();
        let mut days = vec![started; before];
        days.extend(internship.extensions().map(|(_, since)| since.max(started)));
        days.sort();
        let on =
            |extensions: i64| usize::try_from(extensions - 1).ok().and_then(|index| days.get(index)).copied().unwrap_or(NEVER);
        use Audience::{Consultant, Liaison, TeamLeader};
        (!days.is_empty()).then(|| Finding {
            subject: Subject::Internship(internship.id.clone()),
            occasion: String::new(),
            steps: three_steps(
                figures.extended_without_hire_steps.map(on),
                [&[Consultant], &[Consultant, TeamLeader], &[Consultant, TeamLeader, Liaison]],
            ),
            evidence: vec![
                compared(localized("Praktik", "Internship"), &internship.reference),
                compared(localized("Forlængelser", "Extensions"), days.len()),
                compared(localized("… heraf under et andet navn", "… of them by another name"), before),
                compared(localized("Begyndt", "Begun"), started),
                compared(localized("Slutter nu", "Ends now"), internship.last_day()),
            ],
            paused: false,
            until: None,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::outcome::OutcomeStep;
    use crate::domain::testing::*;

    #[test]
    fn each_extension_is_a_rung_from_the_day_it_is_in_force() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-04-02", "2024-05-05");
        extend_first(&mut course, "2024-05-01", "2024-06-02");
        extend_first(&mut course, "2024-06-01", "2024-06-30");
        expect_levels(
            &course,
            "extended-without-hire",
            &[
                ("2024-04-01", ""),
                ("2024-04-02", "notice"),
                ("2024-04-30", "notice"),
                ("2024-05-01", "warning"),
                ("2024-05-31", "warning"),
                ("2024-06-01", "alarm"),
            ],
        );
    }

    #[test]
    fn a_new_booking_soon_after_is_an_extension_and_a_hire_ends_it() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        end(&mut course, "a", "2024-04-07");
        add(&mut course, "b", "2024-06-02", "2024-07-07");
        expect_levels(&course, "extended-without-hire", &[("2024-06-02", "notice")]);
        course.outcomes.push(outcome(Some("b"), OutcomeStep::FlexJob, Some("here"), "2024-07-08"));
        expect_levels(&course, "extended-without-hire", &[("2024-07-08", "")]);
        let mut course = running("a", "2024-01-08", "2024-04-07");
        end(&mut course, "a", "2024-04-07");
        add(&mut course, "b", "2024-06-03", "2024-07-07");
        expect_levels(&course, "extended-without-hire", &[("2024-06-03", "")]);
    }
}
