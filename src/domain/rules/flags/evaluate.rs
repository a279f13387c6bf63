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
