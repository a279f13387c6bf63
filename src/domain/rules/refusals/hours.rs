//! `weekly-hours` (L16) and `hours-capacity` (S10): on no day may the hours of all internships together exceed the legal maximum,
//! or the capacity agreed with the citizen. (37 hours were asked of someone tested to manage under 9.)

use crate::domain::{
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::Check,
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
    },
    values::{day::danish, localized::localized, text::WeeklyHours},
};
use chrono::NaiveDate;

pub const WEEKLY: RefusalRule =
    RefusalRule { id: RuleId::new("weekly-hours"), figure: "weekly_hours_at_most", about: About::Booking, check: weekly_hours };

pub const CAPACITY: RefusalRule =
    RefusalRule { id: RuleId::new("hours-capacity"), figure: "capacity_kept", about: About::Booking, check: hours_capacity };

/// The worst day: hours, limit and date of the largest excess.
fn worst(check: &Check, limit: impl Fn(NaiveDate) -> Option<WeeklyHours>) -> Option<(NaiveDate, WeeklyHours, WeeklyHours)> {
    check
        .days_that_matter()
        .into_iter()
        .filter_map(|day| Some((day, check.hours_on(day), limit(day)?)))
        .filter(|(_, hours, limit)| hours > limit)
        .max_by_key(|(day, hours, limit)| (hours.minutes() - limit.minutes(), std::cmp::Reverse(*day)))
}

fn figures(day: NaiveDate, hours: WeeklyHours, limit: WeeklyHours) -> Vec<crate::domain::rules::evidence::Compared> {
    vec![
        compared(localized("Dag", "Day"), day),
        compared(localized("Timer om ugen i alt", "Hours a week in all"), hours),
        compared(localized("Højst", "At most"), limit),
    ]
}

/// The most hours that this internship may have on each of its days beside the others; none if there are none left.
fn left(check: &Check, limit: impl Fn(NaiveDate) -> Option<WeeklyHours>) -> Option<WeeklyHours> {
    let period = check.period();
    let beside = |day: NaiveDate| check.hours_on(day).minutes() - check.terms.hours.on(&period, day).minutes();
    let days = check.days_that_matter().into_iter();
    let least = days.filter_map(|day| Some(limit(day)?.minutes() - beside(day))).min()?;
    (least > 0).then(|| WeeklyHours::from_minutes(least))
}

fn weekly_hours(check: &Check) -> Option<Found> {
    let most = WeeklyHours::from_minutes(check.figures.weekly_hours_at_most * 60);
    let (day, hours, limit) = worst(check, |_| Some(most))?;
    Some(Found {
        reason: localized(
            format!("Den {} ville borgeren have {hours} timer om ugen i praktik; højst {limit} er lovligt.", danish(day)),
            format!("On {day} the citizen would have {hours} hours a week in internships; at most {limit} are lawful."),
        ),
        compared: figures(day, hours, limit),
        passes_if: localized(
            format!("Sæt timerne ned, så de i alt er højst {limit} om ugen."),
            format!("Lower the hours so that all together are at most {limit} a week."),
        ),
        hours_left: left(check, |_| Some(most)),
        ..Found::default()
    })
}

fn hours_capacity(check: &Check) -> Option<Found> {
    let (day, hours, limit) = worst(check, |day| check.course.citizen.capacity_on(day))?;
    Some(Found {
        reason: localized(
            format!("Den {} ville borgeren have {hours} timer om ugen; der er aftalt højst {limit} med borgeren.", danish(day)),
            format!("On {day} the citizen would have {hours} hours a week; at most {limit} are agreed with the citizen."),
        ),
        compared: figures(day, hours, limit),
        passes_if: localized(
            format!("Sæt timerne ned til højst {limit}, lav en plan med trin, eller aftal flere timer med borgeren først."),
            format!("Lower the hours to at most {limit}, make a plan with steps, or agree on more hours with the citizen first."),
        ),
        hours_left: left(check, |day| check.course.citizen.capacity_on(day)),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn hours_of_all_internships_count_on_the_same_day() {
        // The scene's own: 20 hours a week from 2024-01-08 to 2024-04-07; capacity 30.
        for (from, to, hours, weekly, capacity) in [
            ("2023-12-01", "2024-01-07", 30.0, false, false),
            ("2023-12-01", "2024-01-08", 10.0, false, false),
            ("2023-12-01", "2024-01-08", 10.25, false, true),
            ("2024-04-07", "2024-05-01", 17.0, false, true),
            ("2024-04-07", "2024-05-01", 17.25, true, true),
            ("2024-04-08", "2024-05-01", 30.0, false, false),
        ] {
            let mut case = RuleCase::new();
            case.other(from, to, hours);
            assert_eq!(case.refused("weekly-hours"), weekly, "{from}–{to}: {hours}");
            assert_eq!(case.refused("hours-capacity"), capacity, "{from}–{to}: {hours}");
        }
    }

    #[test]
    fn a_step_of_the_plan_counts_from_its_day_and_the_capacity_from_its_own() {
        let mut case = RuleCase::new();
        case.steps(&[("2024-01-08", 20.0), ("2024-03-01", 35.0)]);
        assert!(case.refused("hours-capacity"));
        case.capacity("2024-03-01", 35.0);
        assert!(!case.refused("hours-capacity"));
        case.capacity("2024-03-02", 30.0);
        assert!(case.refused("hours-capacity"), "lowered the day after");
    }
}
