//! A course file, typed: people's courses as dated events, and what a good system says.
//!
//! Three states of a field are told apart: left out (the loader supplies what law and gates require, in time), `null` (missing,
//! and that is the point of the case), or given.

use crate::{
    actions::companies::staff::PlacedGroup,
    domain::{
        internships::{
            alignment::{Commitment, Party},
            follow_up::{Belief, Motivation, Phase, SkillNow},
            internship::{AnswerKind, Ending, Representative, Road},
            outcome::OutcomeStep,
            purpose::{Kind, Skill},
        },
        people::citizen::{Goal, NeedFacts},
        rules::flags::Level,
        values::{
            hours::HoursPlan,
            month::Month,
            register::{Cpr, Cvr, Industry, PNumber},
            target_group::TargetGroup,
            text::{FullTime, Line, Prose, WeeklyHours},
            vocabulary::Term,
        },
    },
};
use chrono::NaiveDate;
use serde_json::Value;

/// A field of an event.
#[derive(Clone, Debug)]
pub enum Given<T> {
    LeftOut,
    Null,
    Is(T),
}

impl<T: Clone> Given<T> {
    /// What is given; where it was left out, what the loader gives; none where it is missing on purpose.
    pub fn or(&self, loader: impl FnOnce() -> T) -> Option<T> {
        match self {
            Self::LeftOut => Some(loader()),
            Self::Null => None,
            Self::Is(value) => Some(value.clone()),
        }
    }

    /// What is given; where it was left out, what stood before.
    pub fn or_else(&self, before: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::LeftOut => before(),
            Self::Null => None,
            Self::Is(value) => Some(value.clone()),
        }
    }
}

/// All cases of a file.
#[derive(Clone, Debug)]
pub struct CourseFile {
    pub cases: Vec<Case>,
}

/// One person's course, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub about: Option<String>,
    pub citizen: Person,
    pub companies: Vec<Company>,
    /// Follow-ups are held only as the file says.
    pub follow_ups_as_given: bool,
    /// In file order.
    pub events: Vec<Event>,
    pub expected: Vec<Expectation>,
}

/// The citizen, as registered on the first day.
#[derive(Clone, Debug)]
pub struct Person {
    pub cpr: Cpr,
    pub name: Line,
    pub target_group: TargetGroup,
    pub job_ready: Option<bool>,
    pub in_employment: Option<bool>,
    pub goals: Vec<Goal>,
    pub hours_capacity: WeeklyHours,
    pub needs: Vec<NeedFacts>,
    pub mentor: Option<Line>,
    pub latest_employer: Option<PNumber>,
}

/// A company with its workplaces. One that is registered already only gets the new workplace.
#[derive(Clone, Debug)]
pub struct Company {
    pub cvr: Cvr,
    pub name: Line,
    pub industry: Option<Industry>,
    /// At least one.
    pub workplaces: Vec<Workplace>,
    /// None: it has not been asked.
    pub foresees_vacancy: Option<bool>,
    /// Persons whom others have placed there, by the day of the report.
    pub others: Vec<(NaiveDate, PlacedGroup)>,
}

/// A workplace, with its staff month by month: a month is reported when it has begun.
#[derive(Clone, Debug)]
pub struct Workplace {
    /// Its own name in the file, and the company's.
    pub refs: Vec<String>,
    pub p_number: PNumber,
    pub name: Line,
    pub ordinary_fte: Vec<(Month, FullTime)>,
}

/// Something that happens on a day.
#[derive(Clone, Debug)]
pub struct Event {
    pub on: NaiveDate,
    pub what: What,
    /// Asked only, nothing is kept.
    pub dry_run: bool,
}

/// What happens. One that this version has no action for is kept, so that the diary can say so.
#[derive(Clone, Debug)]
pub enum What {
    Book(Box<Book>),
    Start(Start),
    Change(Box<Change>),
    Confirm {
        internship: String,
        by: Party,
    },
    Object {
        internship: String,
        by: Party,
        text: Option<Prose>,
    },
    Extend {
        internship: String,
        to: NaiveDate,
        papers: Papers,
    },
    End {
        internship: String,
        outcome: Ending,
        step: NextStep,
        last_day: Option<NaiveDate>,
        by: Option<Party>,
        note: Option<Prose>,
    },
    Outcome {
        of: String,
        outcome: OutcomeStep,
        step: NextStep,
    },
    CompanyAnswers {
        internship: String,
        answer: AnswerKind,
        text: Given<Prose>,
    },
    Job {
        outcome: Option<OutcomeStep>,
        step: NextStep,
    },
    Cancel {
        internship: String,
        reason: Option<Prose>,
    },
    Staff {
        company: String,
        month: Month,
        ordinary_fte: FullTime,
    },
    FollowUp(Box<FollowUp>),
    Retention {
        of: String,
        held: bool,
    },
    ProspectWithdrawn {
        internship: String,
    },
    ChangeConsultant {
        handover: Given<Prose>,
        read_on: Given<NaiveDate>,
    },
    Acknowledge(Handling),
    Snooze {
        handling: Handling,
        until: Option<NaiveDate>,
    },
    ScheduleOff,
    ScheduleOn,
    Nothing {
        note: Option<Prose>,
    },
    /// This version has no action for it.
    NotPlayed {
        what: &'static str,
        text: String,
    },
}

/// What a booking or a change says of the terms.
#[derive(Clone, Debug)]
pub struct Rest {
    pub occupation: Option<Term>,
    pub hours: Option<Hours>,
    pub tasks: Option<Vec<Term>>,
    pub questions: Given<Vec<Line>>,
    pub skills: Given<Vec<Skill>>,
    pub prospect: Given<Prospect>,
}

/// Answers to what rules ask. Those that only a team leader may give are given by the team leader.
#[derive(Clone, Debug)]
pub struct AskReasons {
    pub goal_mismatch: Option<Prose>,
    pub series: Option<Prose>,
    pub company_record: Option<Prose>,
    pub derailed: Option<Prose>,
}

/// A booking.
#[derive(Clone, Debug)]
pub struct Book {
    /// The name by which the file calls it.
    pub internship: String,
    pub company: String,
    pub kind: Kind,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub rest: Rest,
    pub road: Option<Road>,
    pub new_function: Option<Prose>,
    /// Where a rule asks.
    pub reasons: AskReasons,
    /// Where it counts as an extension.
    pub papers: Papers,
}

/// A new version of the alignment; what is left out stays.
#[derive(Clone, Debug)]
pub struct Change {
    pub internship: String,
    pub company: Option<String>,
    pub kind: Option<Kind>,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub rest: Rest,
    pub new_function: Option<Prose>,
    pub reasons: AskReasons,
}

/// Hours as one number, or as a plan with steps.
#[derive(Clone, Debug)]
pub enum Hours {
    /// The same each week.
    Same(WeeklyHours),
    Plan(HoursPlan),
}

/// The position that a recruitment aims at; what is left out the loader gives.
#[derive(Clone, Debug)]
pub struct Prospect {
    pub position: Option<Line>,
    pub weekly_hours: Option<WeeklyHours>,
    pub must_be_able_to: Given<Vec<Line>>,
    pub decision_on: Given<NaiveDate>,
    pub commitment: Option<Prose>,
}

/// What a further extension asks for; what is left out here is missing, since the rules are to ask for it.
#[derive(Clone, Debug)]
pub struct Papers {
    pub reason: Option<Prose>,
    pub hiring_decision_on: Option<NaiveDate>,
    pub commitment: Option<Promise>,
    /// The team leader approves it first.
    pub approved: bool,
    pub special_need: Option<Prose>,
}

/// The company's commitment: in its own words, to which the loader adds the rest, or in full.
#[derive(Clone, Debug)]
pub enum Promise {
    Words(Prose),
    Full(Box<Commitment>),
}

/// How accommodations are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accommodated {
    Agreed,
    NoneNeeded,
}

/// A start, and what is recorded for it that day.
#[derive(Clone, Debug)]
pub struct Start {
    pub internship: String,
    pub confirmed_by: Given<Vec<Party>>,
    pub accommodations: Given<Accommodated>,
    pub contact_person: Given<Line>,
    /// Who states it, and whether the conditions are met.
    pub representative: Given<(Representative, bool)>,
    pub decision_reasons: Given<Prose>,
}

/// What somebody went on to.
#[derive(Clone, Debug)]
pub struct NextStep {
    pub first_day: Given<NaiveDate>,
    pub weekly_hours: Given<WeeklyHours>,
    pub until: Option<NaiveDate>,
    /// A company's or workplace's ref, or a name.
    pub employer: Option<Line>,
}

/// A follow-up that is held.
#[derive(Clone, Debug)]
pub struct FollowUp {
    pub internship: String,
    pub phase: Option<Phase>,
    pub motivation: Option<Motivation>,
    pub belief: Option<Belief>,
    /// Said of every agreed accommodation.
    pub accommodations_kept: Option<bool>,
    pub skills: Option<Vec<SkillNow>>,
    /// Each with its question; left out: the questions in their order.
    pub answers: Option<Vec<(Option<Line>, Option<Prose>)>>,
    pub company_words: Option<Prose>,
    pub citizen_words: Option<Prose>,
}

/// A flag that somebody acknowledges or snoozes.
#[derive(Clone, Debug)]
pub struct Handling {
    pub flag: String,
    pub about: Option<String>,
    pub reason: Option<Prose>,
    /// `team-leader`, or who is named; left out: whoever may.
    pub by: Option<String>,
}

/// What a good system says.
#[derive(Clone, Debug)]
pub struct Expectation {
    pub claim: Claim,
    pub why: String,
    /// As it stands in the file.
    pub given: Value,
}

/// What is claimed; a day is judged with both ends.
#[derive(Clone, Debug)]
pub enum Claim {
    Flag {
        rule: String,
        about: Option<String>,
        level: Option<Level>,
        by: Option<NaiveDate>,
        not_before: Option<NaiveDate>,
        told: Vec<String>,
    },
    Cleared {
        rule: String,
        about: Option<String>,
        by: Option<NaiveDate>,
    },
    /// Refused, or asked: the rule is among the answers.
    Refused {
        rule: String,
        asked: bool,
        on: Option<NaiveDate>,
        missing: Option<Vec<String>>,
    },
    Never {
        rule: String,
        about: Option<String>,
    },
    Letters {
        to: Option<String>,
        rule: Option<String>,
        count: usize,
    },
}

impl Claim {
    /// The rule that it rests on.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Flag { rule, .. } | Self::Cleared { rule, .. } | Self::Refused { rule, .. } | Self::Never { rule, .. } => {
                Some(rule)
            }
            Self::Letters { rule, .. } => rule.as_deref(),
        }
    }
}

impl Case {
    /// The `start` events of an internship from a day on; where there is none, its start is implied.
    pub fn starts_of<'a>(&'a self, internship: &'a str, from: NaiveDate) -> impl Iterator<Item = &'a Start> {
        self.events.iter().filter(move |event| event.on >= from).filter_map(move |event| match &event.what {
            What::Start(start) if start.internship == internship => Some(start),
            _ => None,
        })
    }

    pub fn has_start(&self, internship: &str) -> bool {
        self.starts_of(internship, NaiveDate::MIN).next().is_some()
    }

    /// Whether all three are implied to confirm a new version. Before the start of an internship with a `start` event they
    /// are not, since that event says who did; once it has begun they are, unless the file has `confirm` events from then on.
    pub fn implies_confirmation(&self, internship: &str, begun: bool, from: NaiveDate) -> bool {
        let is_own = |event: &Event| matches!(&event.what, What::Confirm { internship: own, .. } if own == internship);
        let confirmed = self.events.iter().filter(|event| event.on >= from).any(is_own);
        !self.has_start(internship) || (begun && !confirmed)
    }

    /// The first day played, and the last: 60 days after the last event or expectation.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let events = self.events.iter().map(|event| event.on);
        let first = events.clone().min()?;
        let expected = self.expected.iter().flat_map(|expectation| match &expectation.claim {
            Claim::Flag { by, not_before, .. } => vec![*by, *not_before],
            Claim::Cleared { by, .. } => vec![*by],
            Claim::Refused { on, .. } => vec![*on],
            Claim::Never { .. } | Claim::Letters { .. } => Vec::new(),
        });
        let read = self.events.iter().filter_map(|event| match &event.what {
            What::ChangeConsultant { read_on: Given::Is(day), .. } => Some(*day),
            _ => None,
        });
        let last = events.chain(expected.flatten()).chain(read).max()?;
        Some((first, crate::domain::values::day::plus(last, DAYS_AFTER)))
    }
}

/// A case is played so many days on after the last thing in it, so that what should never be said has time to be said.
const DAYS_AFTER: i64 = 60;
