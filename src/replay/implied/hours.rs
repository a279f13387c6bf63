//! The hours that are implied.

use crate::{
    actions::ActionError,
    domain::{
        internships::alignment::Terms,
        values::{
            hours::{HoursPlan, HoursStep},
            text::WeeklyHours,
        },
    },
    replay::{
        format::{GivenHours, GivenTerms},
        stage::Stage,
        words::unfit,
    },
};
use chrono::NaiveDate;

/// The law's full week.
pub fn full_time() -> WeeklyHours {
    WeeklyHours::from_minutes(37 * 60)
}

/// One step from a day on.
pub fn one_step(from: NaiveDate, weekly_hours: WeeklyHours) -> Result<HoursPlan, ActionError> {
    HoursPlan::new(vec![HoursStep { from, weekly_hours }])
        .map_or_else(|| unfit("hours", "Timeplanen er tom.", "The plan of hours is empty."), Ok)
}

/// The hours of a booking; left out: all that the citizen can manage.
pub fn hours(scene: &Stage, rest: &GivenTerms, first: NaiveDate) -> Result<HoursPlan, ActionError> {
    match &rest.hours {
        Some(GivenHours::Plan(plan)) => Ok(plan.clone()),
        Some(GivenHours::Same(hours)) => one_step(first, *hours),
        None => one_step(first, scene.case.citizen.hours_capacity),
    }
}

/// The hours after a change: of one that runs, what has been worked stays and the new hours hold from today; a plan that is
/// not changed moves with the first day.
pub fn changed_hours(
    rest: &GivenTerms,
    old: &Terms,
    first: NaiveDate,
    runs: bool,
    today: NaiveDate,
) -> Result<Option<HoursPlan>, ActionError> {
    let steps = old.hours.steps();
    let moved = match &rest.hours {
        Some(GivenHours::Plan(plan)) => return Ok(Some(plan.clone())),
        Some(GivenHours::Same(hours)) if runs => {
            let worked = steps.iter().copied().filter(|step| step.from < today);
            worked.chain([HoursStep { from: today.max(first), weekly_hours: *hours }]).collect()
        }
        Some(GivenHours::Same(hours)) => return one_step(first, *hours).map(Some),
        None if first == old.period.first => return Ok(None),
        None => {
            let begins = HoursStep { from: first, weekly_hours: steps.first().map_or_else(full_time, |step| step.weekly_hours) };
            [begins].into_iter().chain(steps.iter().skip(1).copied().filter(|step| step.from > first)).collect::<Vec<_>>()
        }
    };
    HoursPlan::new(moved).map_or_else(
        || unfit("hours", "Trinene i timeplanen passer ikke.", "The steps of hours do not fit."),
        |plan| Ok(Some(plan)),
    )
}
