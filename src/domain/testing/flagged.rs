//! What a rule that flags says on each day of a table.

use crate::domain::{
    companies::workplace::Workplace,
    internships::course::Course,
    rules::{
        as_of::workplace_on,
        flags::{
            finding::{Audience, Finding, Level},
            flag_rule::level,
            list::rule,
        },
        rule_id::RuleId,
    },
    testing::{book::book, facts::day},
};

/// The level about a workplace on each day; empty: not raised.
pub fn expect_levels_at(place: &Workplace, id: &str, days: &[(&str, &str)]) {
    for (on, expected) in days {
        let today = day(on);
        let findings =
            RuleId::parse(id).and_then(rule).unwrap().about_workplace(&workplace_on(place, today), book().on(today), today);
        assert_eq!(level(&findings, today).map_or("", Level::code), *expected, "{id} on {on}");
    }
}

/// The finding that has reached its highest step.
fn first_finding(course: &Course, id: &str, on: &str) -> Option<Finding> {
    let today = day(on);
    let findings = RuleId::parse(id).and_then(rule).unwrap().about_course(course, book().on(today), today);
    findings.into_iter().max_by_key(|finding| finding.reached(today).map(|(index, _)| index))
}
/// The level on each day; empty: not raised.
pub fn expect_levels(course: &Course, id: &str, days: &[(&str, &str)]) {
    for (on, level) in days {
        let finding = first_finding(course, id, on);
        let reached = finding.as_ref().and_then(|finding| finding.reached(day(on))).map_or("", |(_, step)| step.level.code());
        assert_eq!(reached, *level, "{id} on {on}");
    }
}
pub fn expect_step(course: &Course, id: &str, days: &[(&str, usize)]) {
    for (on, step) in days {
        assert_eq!(first_finding(course, id, on).unwrap().reached(day(on)).unwrap().0, *step, "{id} on {on}");
    }
}
pub fn notified(course: &Course, id: &str, on: &str) -> Vec<Audience> {
    first_finding(course, id, on).unwrap().reached(day(on)).unwrap().1.audience.clone()
}
pub fn paused(course: &Course, id: &str, on: &str) -> bool {
    first_finding(course, id, on).unwrap().paused
}
