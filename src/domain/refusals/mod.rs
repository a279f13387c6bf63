//! What is refused at booking, change and extension. What is refused is a registration, never a person:
//! a person decides about people (L21).
//!
//! Each rule is a pure function of facts, figures and a date, in a file of its own with its table of cases.
//! All rules are asked, so that all that stands in the way is said at once; each names its reference, the
//! figures it compared, and what would make it pass.

mod asks;
mod duration_limit;
mod extension_reason;
mod hours;
mod latest_employer;
mod no_prospect;
mod overlap;
mod purpose_incomplete;
mod reasonable_ratio;
mod task_ruled_out;
#[cfg(test)]
pub mod testing;

pub use asks::AskRule;

use crate::domain::{
    access::Role,
    alignment::{Asked, Terms},
    citizen::kept_at,
    course::{Course, Stay},
    day::{Period, plus},
    internship::Internship,
    register::PNumber,
    rulebook::{Figures, Rulebook},
    said::Said,
    values::WeeklyHours,
    workplace::Workplace,
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

/// What would make a registration pass, as data, where the rule knows it; each for the rest as it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WouldPass {
    /// The latest end.
    pub latest_last_day: Option<NaiveDate>,
    /// The most hours a week over the whole period, as one number; zero: none are left.
    pub hours_left: Option<WeeklyHours>,
}

/// Why a registration does not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub rule: &'static str,
    /// Whose written reasons would let it happen; none where it is refused.
    pub ask_of: Option<Role>,
    pub reference: String,
    pub reason: Said,
    pub compared: Vec<Compared>,
    /// What would make it pass.
    pub passes_if: Said,
    /// Codes of what is missing, where that is what is wrong.
    pub missing: Vec<&'static str>,
    pub would_pass: WouldPass,
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

/// Written reasons that lie on the table for a rule that asks.
#[derive(Clone, Debug)]
pub struct Reason {
    pub rule: String,
    pub words: String,
    /// Name of who gave them.
    pub given_by: String,
    pub by_leader: bool,
}

/// Everything a rule may look at.
pub struct Check<'a> {
    pub course: &'a Course,
    /// The terms as they would be.
    pub terms: &'a Terms,
    /// The internship they are of, where it is on record.
    pub own: Option<&'a Internship>,
    /// The workplace of the terms.
    pub workplace: &'a Workplace,
    pub reasons: &'a [Reason],
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

    /// A sick-listed citizen in employment, kept at the own workplace (L12).
    fn is_kept(&self) -> bool {
        let citizen = &self.course.citizen;
        let latest = citizen.latest_employer.as_ref().map(PNumber::as_str);
        kept_at(citizen.target_group.as_str(), citizen.in_employment, latest, &self.terms.place.p_number, self.figures)
    }

    fn is_sick_listed(&self) -> bool {
        matches!(self.course.citizen.target_group.as_str(), "6" | "7")
    }

    /// A change to another workplace.
    fn moves_place(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.place.workplace);
        before.is_some_and(|before| *before != self.terms.place.workplace)
    }

    /// A change to another occupation.
    fn changes_occupation(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.occupation);
        before.is_some_and(|before| *before != self.terms.occupation)
    }

    /// Whether what is registered can take up more of the ratio than before.
    fn concerns_ratio(&self) -> bool {
        let old = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms);
        old.is_none_or(|old| self.moves_place() || old.hours != self.terms.hours || old.period.first > self.terms.period.first)
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
    /// Whose written reasons are asked for; none where it refuses.
    ask_of: Option<Role>,
    would_pass: WouldPass,
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
    Rule { id: "reasonable-ratio", check: reasonable_ratio::check },
    Rule { id: AskRule::LatestEmployer.code(), check: latest_employer::check },
    Rule { id: AskRule::CompanyRecord.code(), check: asks::company_record },
    Rule { id: AskRule::GoalMismatch.code(), check: asks::goal_mismatch },
    Rule { id: AskRule::Derailed.code(), check: asks::derailed },
    Rule { id: AskRule::Series.code(), check: asks::series },
];

/// The ids of all rules that refuse.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// What the rules say of a registration.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// What stands in its way: refusals, and asks without reasons from someone whose role may give them.
    pub stops: Vec<Refusal>,
    /// Asks that have been answered.
    pub asked: Vec<Asked>,
}

/// Asks every rule.
pub fn answers(check: &Check) -> Answers {
    let mut answers = Answers::default();
    for rule in RULES {
        let Some(found) = (rule.check)(check) else { continue };
        match found.ask_of.and_then(|of| reasons_for(check, rule.id, of)) {
            Some(reason) => answers.asked.push(Asked {
                rule: rule.id.into(),
                reasons: reason.words.clone(),
                given_by: reason.given_by.clone(),
            }),
            None => answers.stops.push(Refusal {
                rule: rule.id,
                ask_of: found.ask_of,
                reference: found.reference,
                reason: found.reason,
                compared: found.compared,
                passes_if: found.passes_if,
                missing: found.missing,
                would_pass: found.would_pass,
            }),
        }
    }
    answers
}

fn reasons_for<'a>(check: &Check<'a>, rule: &str, of: Role) -> Option<&'a Reason> {
    check.reasons.iter().find(|reason| reason.rule == rule && (of != Role::TeamLeader || reason.by_leader))
}
