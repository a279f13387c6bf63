//! Asks every rule that flags about a course or a workplace, and says when to ask again. Nothing is decided in SQL, and nothing
//! here knows of letters.

use crate::domain::{
    companies::workplace::{Workplace, month_of},
    internships::course::Course,
    rules::{
        flags::{finding::Finding, flag_rule::FlagRule, list::RULES},
        rulebook::Figures,
    },
};
use chrono::{Months, NaiveDate};

/// Every finding about a citizen's course; nothing, once it is closed.
pub fn findings(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<(&'static FlagRule, Finding)> {
    if course.citizen.left.is_some() {
        return Vec::new();
    }
    let each =
        |rule: &'static FlagRule| rule.about_course(course, figures, today).into_iter().map(move |finding| (rule, finding));
    RULES.iter().flat_map(each).collect()
}

/// Every finding about a workplace.
pub fn findings_at(workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<(&'static FlagRule, Finding)> {
    let each =
        |rule: &'static FlagRule| rule.about_workplace(workplace, figures, today).into_iter().map(move |finding| (rule, finding));
    RULES.iter().flat_map(each).collect()
}

/// The day on which the course has to be evaluated again, if nothing else happens before; none, once it is closed.
pub fn next_evaluation(findings: &[(&FlagRule, Finding)], course: &Course, today: NaiveDate) -> Option<NaiveDate> {
    if course.citizen.left.is_some() {
        return None;
    }
    let steps = findings.iter().filter_map(|(_, finding)| finding.next(today));
    // A paused flag goes on the day after the subsidy; a booked internship lapses the day after its last.
    let subsidies = course.outcomes.iter().filter_map(|outcome| outcome.subsidy()?.last.succ_opt());
    let lapses = course
        .internships
        .iter()
        .filter(|internship| internship.started_on.is_none())
        .filter_map(|internship| internship.last_day().succ_opt());
    // A hire that is agreed far ahead counts from its first day.
    let jobs = course.outcomes.iter().map(|outcome| outcome.first_day);
    steps.chain(subsidies).chain(lapses).chain(jobs).filter(|day| *day > today).min()
}

/// The day on which a workplace has to be evaluated again: what counts for it changes with its interns' days and with the
/// months of its staff.
pub fn next_evaluation_at(findings: &[(&FlagRule, Finding)], workplace: &Workplace, today: NaiveDate) -> Option<NaiveDate> {
    let steps = findings.iter().filter_map(|(_, finding)| finding.next(today));
    let changes = workplace.days_of_change().into_iter();
    let month = month_of(today).checked_add_months(Months::new(1));
    let month = month.filter(|_| workplace.supported_minutes(today, None) > 0);
    steps.chain(changes).chain(month).filter(|day| *day > today).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        companies::workplace::PlacedPersons,
        internships::outcome::OutcomeStep,
        people::leaving::{Departure, Leaving},
        rules::flags::{finding::Subject, job_lost, steps::two_steps},
        testing::{book, day, outcome, place_intern, running, workplace},
        values::{ids::CitizenId, text::WeeklyHours},
    };

    fn closed(mut course: Course) -> Course {
        let (on, recorded_on) = (day("2024-03-04"), day("2024-03-04"));
        course.citizen.left = Some(Departure { how: Leaving::Moved, on, recorded_on });
        course
    }

    /// A finding that rises on two days.
    fn rising(days: [&str; 2]) -> (&'static FlagRule, Finding) {
        static RULE: FlagRule = job_lost::RULE;
        let steps = two_steps(days.map(day), [&[], &[]]);
        let subject = Subject::Citizen(CitizenId::stored("citizen"));
        (&RULE, Finding { subject, occasion: String::new(), steps, evidence: Vec::new(), paused: false, until: None })
    }

    #[test]
    fn a_course_is_asked_by_every_rule_and_a_closed_one_by_none() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.citizen.consultant_closed_on = Some(day("2024-02-28"));
        let (figures, today) = (book().on(day("2024-02-29")), day("2024-02-29"));
        let rules: Vec<&str> = findings(&course, figures, today).iter().map(|(rule, _)| rule.id.as_str()).collect();
        let expected =
            ["long-stay", "internship-series", "ends-without-plan", "clarification-repeated", "standstill", "without-consultant"];
        assert_eq!(rules, expected, "those that have something to say, today or later");
        assert!(findings(&closed(course), figures, today).is_empty());
        let mut place = workplace("here");
        place.liaison_closed_on = Some(day("2024-02-28"));
        place.is_offered = true;
        let rules: Vec<&str> = findings_at(&place, figures, today).iter().map(|(rule, _)| rule.id.as_str()).collect();
        assert_eq!(rules, ["without-consultant"]);
    }

    #[test]
    fn a_course_is_evaluated_again_on_the_next_day_on_which_something_changes() {
        let plain = || running("a", "2024-01-08", "2024-04-07");
        let with = |step, first_day: &str| {
            let mut course = plain();
            course.outcomes = vec![outcome(None, step, None, first_day)];
            course
        };
        let mut booked = plain();
        booked.internships[0].started_on = None;
        let rising = rising(["2024-03-01", "2024-03-15"]);
        for (course, found, today, next) in [
            (plain(), false, "2024-02-29", None),
            (plain(), true, "2024-02-29", Some("2024-03-01")),
            (plain(), true, "2024-03-01", Some("2024-03-15")),
            (plain(), true, "2024-03-15", None),
            // The day after the last of a booking that never began.
            (booked.clone(), false, "2024-02-29", Some("2024-04-08")),
            (booked.clone(), true, "2024-02-29", Some("2024-03-01")),
            (booked, false, "2024-04-08", None),
            // A hire from its first day on; a subsidy of 182 days from then and from the day after it.
            (with(OutcomeStep::FlexJob, "2024-05-01"), false, "2024-04-30", Some("2024-05-01")),
            (with(OutcomeStep::FlexJob, "2024-05-01"), false, "2024-05-01", None),
            (with(OutcomeStep::WageSubsidy, "2024-01-01"), false, "2024-02-29", Some("2024-07-01")),
            (with(OutcomeStep::WageSubsidy, "2024-01-01"), false, "2024-07-01", None),
            (closed(with(OutcomeStep::FlexJob, "2024-05-01")), true, "2024-02-29", None),
        ] {
            let findings = if found { vec![rising.clone()] } else { Vec::new() };
            assert_eq!(next_evaluation(&findings, &course, day(today)), next.map(day), "{today} {found}");
        }
    }

    #[test]
    fn a_workplace_is_evaluated_again_when_its_interns_change_and_each_month_while_there_are_any() {
        let mut place = workplace("here");
        assert_eq!(next_evaluation_at(&[], &place, day("2024-02-29")), None);
        place_intern(&mut place, "a", "2024-02-12", "2024-03-08", 20.0);
        let rising = rising(["2024-03-01", "2024-03-15"]);
        for (found, today, next) in [
            // Nobody is there yet: not at the turn of the month.
            (false, "2024-01-15", Some("2024-02-12")),
            (false, "2024-02-12", Some("2024-03-01")),
            (false, "2024-02-29", Some("2024-03-01")),
            (false, "2024-03-01", Some("2024-03-09")),
            (false, "2024-03-09", None),
            (true, "2024-03-09", Some("2024-03-15")),
        ] {
            let findings = if found { vec![rising.clone()] } else { Vec::new() };
            assert_eq!(next_evaluation_at(&findings, &place, day(today)), next.map(day), "{today} {found}");
        }
        place.placements.clear();
        let weekly_hours = WeeklyHours::from_minutes(20 * 60);
        place.others = vec![PlacedPersons { as_of: day("2024-02-15"), persons: 1, weekly_hours }];
        assert_eq!(next_evaluation_at(&[], &place, day("2024-02-14")), Some(day("2024-02-15")));
        assert_eq!(next_evaluation_at(&[], &place, day("2024-02-15")), Some(day("2024-03-01")));
    }
}
