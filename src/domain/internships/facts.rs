//! What lists show of an internship and filter by: plain facts, none of them health data.
//!
//! Nothing here depends on today: where an internship stands follows from these facts and the day. Of accommodations it is only
//! said whether they are settled, never what they are.

use crate::domain::{
    internships::{
        alignment::{Accommodations, Party},
        gate::{Missing, missing},
        internship::{AnswerKind, Internship},
        purpose::InternshipType,
    },
    values::{day::Period, text::WeeklyHours, vocabulary::Term},
};
use chrono::NaiveDate;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternshipFacts {
    pub kind: InternshipType,
    pub occupation: Term,
    /// The planned days of the version that counts.
    pub period: Period,
    /// The fewest and the most hours a week of its plan.
    pub least_hours: WeeklyHours,
    pub most_hours: WeeklyHours,
    /// The day on which the company decides.
    pub decision_on: Option<NaiveDate>,
    /// The company's final answer to that day.
    pub answer: Option<AnswerKind>,
    /// The number of the version that counts: the newest in force, or before any is, the newest.
    pub standing: i32,
    /// Since when it is in force.
    pub in_force_on: Option<NaiveDate>,
    /// The number of the newest version, confirmed or not.
    pub newest: i32,
    /// Who has still to confirm the newest version.
    pub unconfirmed: Vec<Party>,
    pub accommodations_settled: bool,
    /// What the start gate misses, each once.
    pub missing: Vec<Missing>,
    /// How many extensions are in force.
    pub extensions: usize,
}

/// The facts of an internship.
pub fn facts(internship: &Internship) -> InternshipFacts {
    let (standing, newest) = (internship.standing(), internship.newest());
    let terms = &standing.terms;
    let hours = || terms.hours.steps().iter().map(|step| step.weekly_hours);
    let nothing = WeeklyHours::from_minutes(0);
    let mut lacks: Vec<Missing> = missing(internship).into_iter().map(|lack| lack.what).collect();
    lacks.dedup();
    InternshipFacts {
        kind: terms.kind(),
        occupation: terms.occupation.clone(),
        period: terms.period,
        least_hours: hours().min().unwrap_or(nothing),
        most_hours: hours().max().unwrap_or(nothing),
        decision_on: terms.decision_on,
        answer: internship.answered().map(|answer| answer.answer),
        standing: standing.number,
        in_force_on: standing.in_force_since(),
        newest: newest.number,
        unconfirmed: newest.unconfirmed(),
        accommodations_settled: newest.terms.accommodations != Accommodations::Unsettled,
        missing: lacks,
        extensions: internship.extensions().count(),
    }
}
