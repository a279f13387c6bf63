//! What is refused at booking, change and extension. What is refused is a registration, never a person:
//! a person decides about people (L21).
//!
//! Each rule is a pure function of facts, figures and a date, in a file of its own with its table of cases.
//! All rules are asked, so that all that stands in the way is said at once; each names its reference, the
//! figures it compared, and what would make it pass.

mod duration_limit;
mod extension_reason;
mod hours;
mod no_prospect;
mod overlap;
mod purpose_incomplete;
mod task_ruled_out;
#[cfg(test)]
pub mod testing;

use crate::domain::{
    alignment::Terms,
    course::{Course, Stay},
    day::{Period, plus},
    internship::Internship,
    rulebook::{Figures, Rulebook},
    said::Said,
    values::WeeklyHours,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One figure that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub what: Said,
    pub value: String,
}

pub fn compared(what: Said, value: impl ToString) -> Compared {
    Compared { what, value: value.to_string() }
}

/// Why a registration does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub rule: &'static str,
    pub reference: String,
    pub reason: Said,
    pub compared: Vec<Compared>,
    /// What would make it pass.
    pub passes_if: Said,
    /// Codes of what is missing, where that is what is wrong.
    pub missing: Vec<&'static str>,
}

/// What is being registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Booking,
    Change,
    Extension,
}

/// What lies on the table with an extension, under whichever name.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    pub reason: bool,
    pub decision_on: Option<NaiveDate>,
    pub commitment: bool,
    /// A team leader other than the asker has approved it.
    pub approval: bool,
    pub special_need: bool,
    /// Earlier commitments to this citizen that were not kept, in words.
    pub broken_commitments: Vec<String>,
}

/// Everything a rule may look at.
pub struct Check<'a> {
    pub course: &'a Course,
    /// The terms as they would be.
    pub terms: &'a Terms,
    /// The internship they are of, where it is on record.
    pub own: Option<&'a Internship>,
    pub act: Act,
    /// Whether the company foresees a vacancy there; `None`: not asked.
    pub foresees_vacancy: Option<bool>,
    /// Whether a prospect of a job is recorded there and not withdrawn.
    pub open_prospect: bool,
    /// A function that differs from the earlier one is stated (L7).
    pub new_function: bool,
    pub papers: Papers,
    pub figures: &'a Figures,
    pub book: &'a Rulebook,
    pub today: NaiveDate,
}

impl Check<'_> {
    pub fn stay(&self) -> Stay<'_> {
        Stay {
            workplace: &self.terms.place.workplace,
            company: &self.terms.place.company,
            occupation: &self.terms.occupation,
            first: self.own.and_then(|own| own.started_on).unwrap_or(self.terms.period.first),
            own: self.own.map(|own| &own.id),
            planned: Some(self.today),
        }
    }

    /// The days the stay would have, from its actual start where it has begun.
    pub fn period(&self) -> Period {
        Period::new(self.stay().first, self.terms.period.last).unwrap_or(self.terms.period)
    }

    fn others(&self) -> impl Iterator<Item = (&Internship, Period)> {
        let own = self.own.map(|own| &own.id);
        self.course
            .internships
            .iter()
            .filter(move |other| Some(&other.id) != own)
            .filter_map(|other| Some((other, other.span()?)))
    }

    /// The days on which the sum of hours can change: enough to find its highest value.
    fn days_that_matter(&self) -> Vec<NaiveDate> {
        let period = self.period();
        let mut days = vec![period.first];
        days.extend(self.terms.hours.steps().iter().map(|step| step.from));
        days.extend(self.course.citizen.capacities.iter().map(|capacity| capacity.from));
        for (other, span) in self.others() {
            days.extend([span.first, plus(span.last, 1)]);
            for version in other.versions() {
                days.push(version.terms.period.first);
                days.extend(version.terms.hours.steps().iter().map(|step| step.from));
            }
        }
        days.retain(|day| period.holds(*day));
        days.sort();
        days.dedup();
        days
    }

    /// Weekly hours of all internships on a day, this one included. A version that waits beside the one in force counts where it is higher.
    fn hours_on(&self, day: NaiveDate) -> WeeklyHours {
        let own = self.terms.hours.on(&self.period(), day);
        self.others().filter_map(|(other, span)| hours_of(other, span, day)).fold(own, WeeklyHours::plus)
    }
}

fn hours_of(other: &Internship, span: Period, day: NaiveDate) -> Option<WeeklyHours> {
    let standing = other.standing();
    let within = span
        .holds(day)
        .then(|| standing.terms.hours.on(&Period { first: standing.terms.period.first.min(span.first), last: span.last }, day));
    let waiting =
        other.pending().filter(|_| other.ended.is_none()).map(|version| version.terms.hours.on(&version.terms.period, day));
    within.max(waiting)
}

/// A rule with its id and the figure whose reference it rests on.
struct Rule {
    id: &'static str,
    check: fn(&Check) -> Option<Found>,
}

/// What a rule found, before its id is put to it.
struct Found {
    /// Law or finding, as the rulebook or the study has it.
    reference: String,
    reason: Said,
    compared: Vec<Compared>,
    passes_if: Said,
    missing: Vec<&'static str>,
}

const RULES: &[Rule] = &[
    Rule { id: "purpose-incomplete", check: purpose_incomplete::check },
    Rule { id: "no-prospect", check: no_prospect::check },
    Rule { id: "duration-limit", check: duration_limit::check },
    Rule { id: "extension-reason", check: extension_reason::check },
    Rule { id: "weekly-hours", check: hours::weekly_hours },
    Rule { id: "hours-capacity", check: hours::hours_capacity },
    Rule { id: "task-ruled-out", check: task_ruled_out::check },
    Rule { id: "overlap", check: overlap::check },
];

/// The ids of all rules that refuse.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// All that stands in the way.
pub fn refusals(check: &Check) -> Vec<Refusal> {
    RULES
        .iter()
        .filter_map(|rule| {
            (rule.check)(check).map(|found| Refusal {
                rule: rule.id,
                reference: found.reference,
                reason: found.reason,
                compared: found.compared,
                passes_if: found.passes_if,
                missing: found.missing,
            })
        })
        .collect()
}
