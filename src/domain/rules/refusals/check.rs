//! What is to be registered, with all that a rule may look at, and the questions that several rules ask of it.

use crate::domain::{
    companies::workplace::Workplace,
    internships::{
        alignment::Terms,
        course::{Course, Stay},
        internship::Internship,
    },
    rules::{
        rule_id::RuleId,
        rulebook::{Figures, Rulebook},
    },
    values::{
        day::{Period, plus},
        text::WeeklyHours,
    },
};
use chrono::NaiveDate;

/// What is being registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Booking,
    Change,
    Extension,
}

/// Which papers an extension has, whatever it is called.
#[derive(Clone, Debug, Default)]
pub struct PapersPresent {
    pub reason: bool,
    pub decision_on: Option<NaiveDate>,
    pub commitment: bool,
    /// A team leader other than the asker has approved it.
    pub approval: bool,
    pub special_need: bool,
    /// Earlier commitments to this citizen that were not kept, in words.
    pub broken_commitments: Vec<String>,
}

/// Written reasons that were given to a rule that asks.
#[derive(Clone, Debug)]
pub struct Reason {
    pub rule: RuleId,
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
    pub papers: PapersPresent,
    pub figures: &'a Figures,
    pub book: &'a Rulebook,
    pub today: NaiveDate,
}

impl Check<'_> {
    /// Whether a figure binds the citizen.
    pub fn binds(&self, figure: &str) -> bool {
        self.book.binds(figure, self.today, &self.course.citizen.target_group)
    }

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

    /// The period that the stay would have, from its actual start if it has begun.
    pub fn period(&self) -> Period {
        Period::new(self.stay().first, self.terms.period.last).unwrap_or(self.terms.period)
    }

    /// A sick-listed citizen in employment, kept at the own workplace (L12).
    pub fn is_kept(&self) -> bool {
        self.course.citizen.is_kept_at(&self.terms.place.p_number, self.figures)
    }

    pub fn is_sick_listed(&self) -> bool {
        self.figures.sick_listed_groups.contains(&self.course.citizen.target_group)
    }

    /// A change to another workplace.
    pub fn moves_place(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.place.workplace);
        before.is_some_and(|before| *before != self.terms.place.workplace)
    }

    /// A change to an earlier first day.
    pub fn starts_earlier(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| own.standing().terms.period.first);
        before.is_some_and(|before| self.terms.period.first < before)
    }

    /// A change to another occupation.
    pub fn changes_occupation(&self) -> bool {
        let before = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms.occupation);
        before.is_some_and(|before| *before != self.terms.occupation)
    }

    /// Whether what is registered can take up more of the ratio than before.
    pub fn concerns_ratio(&self) -> bool {
        let old = self.own.filter(|_| self.act == Act::Change).map(|own| &own.standing().terms);
        old.is_none_or(|old| self.moves_place() || old.hours != self.terms.hours || old.period.first > self.terms.period.first)
    }

    pub fn others(&self) -> impl Iterator<Item = (&Internship, Period)> {
        let own = self.own.map(|own| &own.id);
        self.course
            .internships
            .iter()
            .filter(move |other| Some(&other.id) != own)
            .filter_map(|other| Some((other, other.span()?)))
    }

    /// The days on which the sum of hours can change: enough to find its highest value.
    pub fn days_that_matter(&self) -> Vec<NaiveDate> {
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

    /// Weekly hours of all internships on a day, this one included. A pending version counts if its hours are higher than those
    /// in force.
    pub fn hours_on(&self, day: NaiveDate) -> WeeklyHours {
        let own = self.terms.hours.on(&self.period(), day);
        self.others().filter_map(|(other, span)| hours_of(other, span, day)).fold(own, WeeklyHours::plus)
    }
}

/// The weekly hours of another internship on a day: those of the version in force or, if higher, of the pending one.
fn hours_of(other: &Internship, span: Period, day: NaiveDate) -> Option<WeeklyHours> {
    let standing = other.standing();
    let within = span
        .holds(day)
        .then(|| standing.terms.hours.on(&Period { first: standing.terms.period.first.min(span.first), last: span.last }, day));
    let waiting =
        other.pending().filter(|_| other.ended.is_none()).map(|version| version.terms.hours.on(&version.terms.period, day));
    within.max(waiting)
}
