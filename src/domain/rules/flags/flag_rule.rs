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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        internships::{
            alignment::Party,
            internship::{Ended, Ending},
        },
        rules::flags::{
            job_lost,
            list::RULES,
            steps::{NEVER, two_steps},
        },
        testing::{book, day, running, workplace},
        values::ids::{CitizenId, InternshipId},
    };

    #[test]
    fn a_rule_has_words_and_the_reference_of_its_figure_as_the_book_has_it_that_day() {
        for rule in RULES {
            let Words { what, why, now } = rule.words();
            assert_eq!((what.da.as_str(), what.en.as_str()), rule.words.what, "{}", rule.id);
            assert_eq!((why.da.as_str(), why.en.as_str()), rule.words.why, "{}", rule.id);
            assert_eq!((now.da.as_str(), now.en.as_str()), rule.words.now, "{}", rule.id);
            let expected = match rule.basis {
                Basis::Figure(figure) => book().row(figure, day("2024-01-01")).unwrap().legal_reference.as_str(),
                Basis::Reference(reference) => reference,
            };
            assert_eq!(rule.reference(book(), day("2024-01-01")), expected, "{}", rule.id);
            assert!(!expected.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_about_courses_says_nothing_of_workplaces_and_one_about_both_speaks_of_each() {
        let (today, figures) = (day("2024-02-29"), book().on(day("2024-02-29")));
        let course: fn(&Course, &Figures, NaiveDate) -> Vec<Finding> = |_, _, today| one(today);
        let of_workplace: fn(&Workplace, &Figures, NaiveDate) -> Vec<Finding> = |_, _, today| one(today);
        for (evaluate, of_course, at_workplace) in [
            (Evaluate::Course(course), 1, 0),
            (Evaluate::Workplace(of_workplace), 0, 1),
            (Evaluate::Both { course, workplace: of_workplace }, 1, 1),
        ] {
            let rule = FlagRule { evaluate, ..job_lost::RULE };
            let course = running("a", "2024-01-08", "2024-04-07");
            assert_eq!(rule.about_course(&course, figures, today).len(), of_course);
            assert_eq!(rule.about_workplace(&workplace("here"), figures, today).len(), at_workplace);
        }
    }

    #[test]
    fn a_flag_of_an_internship_is_closed_with_it_unless_it_led_to_a_job() {
        let own = Subject::Internship(InternshipId::stored("a"));
        let resolved = |course: &Course, today: &str| cleared_or_closed(course, &own, "", day(today));
        let mut course = running("a", "2024-01-08", "2024-04-07");
        assert_eq!(resolved(&course, "2024-02-29"), Resolution::Cleared);
        for (how, by, resolution) in [
            (Ending::NoJob, None, Resolution::Closed),
            (Ending::BrokenOff, Some(Party::Company), Resolution::Closed),
            (Ending::WageSubsidy, None, Resolution::Closed),
            (Ending::FlexJob, None, Resolution::Cleared),
            (Ending::OrdinaryPartTime, None, Resolution::Cleared),
        ] {
            let (last_day, recorded_on) = (day("2024-02-28"), day("2024-02-28"));
            course.internships[0].ended = Some(Ended { last_day, how, by, note: None, recorded_on });
            assert_eq!(resolved(&course, "2024-02-29"), resolution, "{how}");
        }
        course.internships[0].ended = None;
        course.internships[0].started_on = None;
        assert_eq!(resolved(&course, "2024-04-07"), Resolution::Cleared);
        assert_eq!(resolved(&course, "2024-04-08"), Resolution::Closed, "never begun");
        course.internships[0].cancelled_on = Some(day("2024-01-02"));
        assert_eq!(resolved(&course, "2024-01-03"), Resolution::Closed);
        course.internships.clear();
        assert_eq!(resolved(&course, "2024-01-03"), Resolution::Closed, "registered in error");
        let citizen = Subject::Citizen(CitizenId::stored("citizen"));
        assert_eq!(cleared_or_closed(&course, &citizen, "", day("2024-01-03")), Resolution::Cleared);
        assert_eq!(cleared(&course, &own, "", day("2024-01-03")), Resolution::Cleared);
    }

    /// One finding with a notice from a day on, and a warning far ahead.
    fn one(on: NaiveDate) -> Vec<Finding> {
        let steps = two_steps([on, NEVER], [&[], &[]]);
        let subject = Subject::Citizen(CitizenId::stored("citizen"));
        vec![Finding { subject, occasion: String::new(), steps, evidence: Vec::new(), paused: false, until: None }]
    }

    #[test]
    fn the_level_is_the_highest_that_any_finding_has_reached() {
        let (today, tomorrow) = (day("2024-02-29"), day("2024-03-01"));
        assert_eq!(level(&[], today), None);
        assert_eq!(level(&one(tomorrow), today), None);
        assert_eq!(level(&one(today), today), Some(Level::Notice));
        let mut both = one(today);
        both.extend(one(today));
        both[1].steps[1].on = today;
        assert_eq!(level(&both, today), Some(Level::Warning));
    }
}
