//! What came of it (S19). A hire is ordinary work or flex job of some hours a week, counted from the day it is recorded, or, where it
//! was agreed long before its first day, from that day; wage subsidy is on the way and closes nothing; education ends a series and is
//! no hire; a hire that did not hold 13 weeks counts as if it had not been. A job whose first day lies before the internship is
//! history, and does nothing for it.

use crate::domain::{
    rules::rulebook::Figures,
    values::{
        day::{Period, plus},
        ids::{InternshipId, OutcomeId, RetentionCheckId, WorkplaceId},
        text::WeeklyHours,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// What the citizen went on to.
    pub enum OutcomeStep {
        OrdinaryFullTime = "ordinary-full-time" ("ordinært job på fuld tid", "ordinary full-time job"),
        OrdinaryPartTime = "ordinary-part-time" ("ordinært job på deltid", "ordinary part-time job"),
        FlexJob = "flex-job" ("fleksjob", "flex job"),
        WageSubsidy = "wage-subsidy" ("løntilskud", "wage subsidy"),
        Education = "education" ("uddannelse", "education"),
    }
}

impl OutcomeStep {
    pub fn is_hire(self) -> bool {
        matches!(self, Self::OrdinaryFullTime | Self::OrdinaryPartTime | Self::FlexJob)
    }
}

/// One step of a citizen's way, from an internship or found elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Outcome {
    pub id: OutcomeId,
    /// The internship it came from; none where it was found outside any.
    pub from: Option<InternshipId>,
    pub step: OutcomeStep,
    /// The workplace here that employs, where it is one of ours.
    pub workplace: Option<WorkplaceId>,
    /// The employer's name, where it is not.
    pub employer: Option<String>,
    pub first_day: NaiveDate,
    pub weekly_hours: Option<WeeklyHours>,
    /// The last day of a wage subsidy, or of a post that was temporary from the beginning.
    pub until: Option<NaiveDate>,
    pub recorded_on: NaiveDate,
    /// The last day, where it has ended.
    pub ended_on: Option<NaiveDate>,
    /// What the consultant and the citizen do next, where recorded.
    pub next_step: Option<String>,
    /// Checks that the job holds, in order of their days.
    pub checks: Vec<RetentionCheck>,
}

/// A check, some weeks after the first day, that the job holds and that the accommodations still do (S19).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RetentionCheck {
    pub id: RetentionCheckId,
    pub on: NaiveDate,
    pub holds: bool,
    pub recorded_on: NaiveDate,
}

impl RetentionCheck {
    /// Whether it serves as the check that is due on a day: one held a little earlier does.
    pub fn serves(&self, due: NaiveDate, figures: &Figures) -> bool {
        self.on >= plus(due, -figures.retention_check_early_days)
    }
}

/// Whether a hire was not lost within `holds` days (S19).
pub fn hire_holds(first_day: NaiveDate, ended_on: Option<NaiveDate>, holds: i64) -> bool {
    ended_on.is_none_or(|ended| ended >= plus(first_day, holds))
}

/// Whether a job is of enough hours to close anything: a quarter of an hour a week is shown, and closes nothing.
pub fn enough_hours(weekly_minutes: Option<i64>, figures: &Figures) -> bool {
    weekly_minutes.is_none_or(|minutes| minutes >= figures.hire_hours_at_least * 60)
}

impl Outcome {
    /// Whether it counts as a hire: ordinary work or flex job of enough hours that holds, see [`hire_holds`].
    pub fn counts_as_hire(&self, figures: &Figures) -> bool {
        let hours = enough_hours(self.weekly_hours.map(WeeklyHours::minutes), figures);
        self.step.is_hire() && hours && hire_holds(self.first_day, self.ended_on, figures.hire_holds_days)
    }

    /// The day from which it counts: that on which it was recorded; of one agreed longer ahead than the rulebook allows, its first day.
    pub fn counts_from(&self, figures: &Figures) -> NaiveDate {
        let far = self.first_day > plus(self.recorded_on, figures.hire_ahead_days);
        if far { self.first_day } else { self.recorded_on }
    }

    /// The days in wage subsidy, where it is one.
    pub fn subsidy(&self) -> Option<Period> {
        let last = self.ended_on.or(self.until)?;
        if self.step == OutcomeStep::WageSubsidy { Period::new(self.first_day, last) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{book, day, outcome};

    fn figures() -> &'static Figures {
        book().on(day("2024-01-01"))
    }

    fn job(step: OutcomeStep) -> Outcome {
        outcome(None, step, None, "2024-02-29")
    }

    #[test]
    fn ordinary_work_and_flex_jobs_are_hires_subsidy_and_education_are_none() {
        let hires: Vec<OutcomeStep> = OutcomeStep::ALL.iter().copied().filter(|step| step.is_hire()).collect();
        assert_eq!(hires, [OutcomeStep::OrdinaryFullTime, OutcomeStep::OrdinaryPartTime, OutcomeStep::FlexJob]);
        for step in OutcomeStep::ALL {
            assert_eq!(job(*step).counts_as_hire(figures()), step.is_hire(), "{step}");
        }
    }

    #[test]
    fn a_hire_counts_that_lasts_thirteen_weeks() {
        // 91 days after 29 February are 30 May.
        for (ended_on, holds) in
            [(None, true), (Some("2024-05-29"), false), (Some("2024-05-30"), true), (Some("2024-05-31"), true)]
        {
            let ended = Outcome { ended_on: ended_on.map(day), ..job(OutcomeStep::FlexJob) };
            assert_eq!(ended.counts_as_hire(figures()), holds, "{ended_on:?}");
        }
    }

    #[test]
    fn a_hire_counts_from_five_hours_a_week_on_and_where_the_hours_are_not_known() {
        for (minutes, counts) in [(None, true), (Some(15), false), (Some(285), false), (Some(300), true), (Some(37 * 60), true)] {
            let hire = Outcome { weekly_hours: minutes.map(WeeklyHours::from_minutes), ..job(OutcomeStep::OrdinaryPartTime) };
            assert_eq!(hire.counts_as_hire(figures()), counts, "{minutes:?}");
        }
    }

    #[test]
    fn a_hire_counts_when_it_is_recorded_and_one_agreed_far_ahead_from_its_first_day() {
        // The first day is 29 February 2024; 91 days before it is 30 November.
        for (recorded_on, from) in [
            ("2024-03-04", "2024-03-04"),
            ("2024-02-29", "2024-02-29"),
            ("2023-12-01", "2023-12-01"),
            ("2023-11-30", "2023-11-30"),
            ("2023-11-29", "2024-02-29"),
        ] {
            let hire = Outcome { recorded_on: day(recorded_on), ..job(OutcomeStep::FlexJob) };
            assert_eq!(hire.counts_from(figures()), day(from), "{recorded_on}");
        }
    }

    #[test]
    fn a_subsidy_lasts_until_its_last_day_or_until_it_ended() {
        let subsidy = Outcome { until: Some(day("2024-08-28")), ..job(OutcomeStep::WageSubsidy) };
        let days = |last: &str| Period::new(day("2024-02-29"), day(last));
        assert_eq!(subsidy.subsidy(), days("2024-08-28"));
        assert_eq!(Outcome { ended_on: Some(day("2024-05-01")), ..subsidy.clone() }.subsidy(), days("2024-05-01"));
        assert_eq!(Outcome { until: None, ..subsidy }.subsidy(), None);
        assert_eq!(Outcome { until: Some(day("2024-08-28")), ..job(OutcomeStep::FlexJob) }.subsidy(), None, "a temporary post");
    }
}
