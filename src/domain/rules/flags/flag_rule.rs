//! A rule that flags, as its file declares it: what it evaluates, on what it rests, and the words that its letters use.

use crate::domain::{
    companies::workplace::Workplace,
    internships::{course::Course, internship::State, outcome::OutcomeStep},
    rules::{
        about::About,
        flags::finding::{Finding, Level, Resolution, Subject},
        rule_id::RuleId,
        rulebook::{Figures, Rulebook},
    },
    values::localized::{Localized, localized},
};
use chrono::NaiveDate;

/// A rule that flags.
pub struct FlagRule {
    pub id: RuleId,
    pub about: About,
    pub basis: Basis,
    pub evaluate: Evaluate,
    pub words: Wording,
    /// Why a flag of a course that no longer stands has been resolved: of course, subject, occasion, today.
    pub resolution: fn(&Course, &Subject, &str, NaiveDate) -> Resolution,
    /// It tells of something that happened once: it is resolved when somebody has seen it, and is not raised again for it.
    pub until_seen: bool,
}

/// What a rule rests on.
pub enum Basis {
    /// A figure of the rulebook: its row says the reference, and a new row can change it.
    Figure(&'static str),
    /// A finding of the study or a section of law, for a rule that has no figure.
    Reference(&'static str),
}

/// What a rule evaluates.
pub enum Evaluate {
    Course(fn(&Course, &Figures, NaiveDate) -> Vec<Finding>),
    /// Its flags clear when the condition no longer holds; `resolution` is not asked.
    Workplace(fn(&Workplace, &Figures, NaiveDate) -> Vec<Finding>),
    /// The same of both.
    Both {
        course: fn(&Course, &Figures, NaiveDate) -> Vec<Finding>,
        workplace: fn(&Workplace, &Figures, NaiveDate) -> Vec<Finding>,
    },
}

/// The words of a rule: `(da, en)` each.
pub struct Wording {
    pub what: (&'static str, &'static str),
    pub why: (&'static str, &'static str),
    pub now: (&'static str, &'static str),
}

/// What a letter says of a flag, besides its evidence: what happened, why it matters, what to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub what: Localized,
    pub why: Localized,
    pub now: Localized,
}

impl FlagRule {
    pub fn words(&self) -> Words {
        let both = |(da, en): (&str, &str)| localized(da, en);
        Words { what: both(self.words.what), why: both(self.words.why), now: both(self.words.now) }
    }

    /// The law or the finding that it rests on, as the rulebook has it on a day.
    pub fn reference<'b>(&self, book: &'b Rulebook, day: NaiveDate) -> &'b str {
        match self.basis {
            Basis::Figure(figure) => book.reference(figure, day),
            Basis::Reference(reference) => reference,
        }
    }

    /// What it finds about a citizen's course; nothing, where it is about workplaces.
    pub fn about_course(&self, course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
        match self.evaluate {
            Evaluate::Course(evaluate) | Evaluate::Both { course: evaluate, .. } => evaluate(course, figures, today),
            Evaluate::Workplace(_) => Vec::new(),
        }
    }

    /// What it finds about a workplace; nothing, where it is about courses.
    pub fn about_workplace(&self, workplace: &Workplace, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
        match self.evaluate {
            Evaluate::Workplace(evaluate) | Evaluate::Both { workplace: evaluate, .. } => evaluate(workplace, figures, today),
            Evaluate::Course(_) => Vec::new(),
        }
    }
}

/// The highest level that findings have reached today; none where none stands.
pub fn level(findings: &[Finding], today: NaiveDate) -> Option<Level> {
    findings.iter().filter_map(|finding| finding.reached(today).map(|(_, step)| step.level)).max()
}

/// The usual resolution: the subject has ended, or the cause has gone.
pub fn cleared_or_closed(course: &Course, subject: &Subject, _: &str, today: NaiveDate) -> Resolution {
    let Subject::Internship(id) = subject else { return Resolution::Cleared };
    let Some(internship) = course.internship(id) else { return Resolution::Closed };
    let without_job = internship.ended.as_ref().is_some_and(|ended| !ended.how.step().is_some_and(OutcomeStep::is_hire));
    if without_job || matches!(internship.state(today), State::Cancelled | State::Lapsed) {
        Resolution::Closed
    } else {
        Resolution::Cleared
    }
}

/// The resolution where the cause alone can go.
pub fn cleared(_: &Course, _: &Subject, _: &str, _: NaiveDate) -> Resolution {
    Resolution::Cleared
}
