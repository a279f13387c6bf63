//! Hours as a plan with steps (S12): coming back slowly works, so one number is only the shortest plan.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::{day::Period, text::WeeklyHours},
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

crate::input! {
    /// From this day on, so many hours a week.
    #[derive(Copy, PartialEq, Eq, Serialize)]
    pub struct HoursStep {
        pub from: NaiveDate,
        pub weekly_hours: WeeklyHours,
    }
}

/// One step or more, each later than the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = Vec<HoursStep>, min_items = 1)]
pub struct HoursPlan(Vec<HoursStep>);

impl HoursPlan {
    pub fn new(steps: Vec<HoursStep>) -> Option<Self> {
        let rising = steps.iter().zip(steps.iter().skip(1)).all(|(one, next)| one.from < next.from);
        (!steps.is_empty() && rising).then_some(Self(steps))
    }

    pub fn steps(&self) -> &[HoursStep] {
        &self.0
    }

    /// The first day of the plan.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.0.first().map(|step| step.from)
    }

    /// Hours a week on a day of the period; none outside it.
    pub fn on(&self, period: &Period, day: NaiveDate) -> WeeklyHours {
        let step = self.0.iter().rev().find(|step| step.from <= day);
        step.filter(|_| period.holds(day)).map_or(WeeklyHours::from_minutes(0), |step| step.weekly_hours)
    }
}

impl Field for HoursPlan {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let steps = Vec::<HoursStep>::read(value, at, faults)?;
        Self::new(steps).or_else(|| {
            faults.add(
                at,
                Fault::new(
                    "hours-plan",
                    "Skal have mindst ét trin, og hvert trin skal begynde efter det forrige.",
                    "Must have at least one step, each beginning after the one before.",
                ),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        testing::{day, plan},
    };
    use serde_json::json;

    #[test]
    fn each_step_holds_from_its_day_until_the_next_within_the_period() {
        let plan = plan(&[("2024-01-08", 10.0), ("2024-02-29", 15.5)]);
        assert_eq!((plan.first_day(), plan.steps().len()), (Some(day("2024-01-08")), 2));
        let period = Period::new(day("2024-01-10"), day("2024-04-07")).unwrap();
        for (on, minutes) in [
            ("2024-01-09", 0),
            ("2024-01-10", 600),
            ("2024-02-28", 600),
            ("2024-02-29", 930),
            ("2024-04-07", 930),
            ("2024-04-08", 0),
        ] {
            assert_eq!(plan.on(&period, day(on)).minutes(), minutes, "{on}");
        }
        let early = Period::new(day("2024-01-01"), day("2024-04-07")).unwrap();
        assert_eq!(plan.on(&early, day("2024-01-07")).minutes(), 0, "before its first step");
    }

    #[test]
    fn a_plan_has_a_step_and_each_begins_after_the_one_before() {
        for (days, fits) in [
            (&[][..], false),
            (&["2024-01-08"][..], true),
            (&["2024-01-08", "2024-01-09"], true),
            (&["2024-01-08", "2024-01-08"], false),
            (&["2024-01-08", "2024-01-07"], false),
            (&["2024-01-08", "2024-02-01", "2024-01-15"], false),
        ] {
            let steps: Vec<_> = days.iter().map(|from| json!({"from": from, "weekly_hours": 20})).collect();
            let plan = read::<HoursPlan>(&json!(steps));
            assert_eq!(plan.is_ok(), fits, "{days:?}");
            if let Err(faults) = plan {
                assert_eq!(faults.0[0].1.code, "hours-plan");
            }
        }
    }
}
