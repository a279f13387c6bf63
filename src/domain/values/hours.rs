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
