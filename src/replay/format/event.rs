//! What happens on a day.

use crate::{
    actions::{
        companies::{openings::OpeningDetails, prospects::NewProspect},
        people::steps::NewStep,
    },
    domain::{
        internships::{
            alignment::Party,
            follow_up::{Belief, Motivation, Phase, SkillNow},
            internship::{AnswerKind, Ending, Road},
            outcome::OutcomeStep,
            pause::PauseKind,
            purpose::{InternshipType, Mark},
            statements::Representative,
        },
        people::leaving::Leaving,
        values::{
            localized::Localized,
            month::Month,
            text::{FullTime, Line, Prose, WeeklyHours, Whole},
        },
    },
    replay::format::{
        given::Given,
        terms::{AskReasons, GivenPapers, GivenTerms},
    },
};
use chrono::NaiveDate;

/// Something that happens on a day.
#[derive(Clone, Debug)]
pub struct CaseEvent {
    pub on: NaiveDate,
    pub what: EventKind,
    /// Asked only, nothing is kept.
    pub dry_run: bool,
}

/// What happens. One that this version has no action for is kept, so that the diary can say so.
#[derive(Clone, Debug)]
pub enum EventKind {
    Book(Box<BookingEvent>),
    Start(StartEvent),
    Change(Box<ChangeEvent>),
    Confirm {
        internship: String,
        by: Party,
    },
    Object {
        internship: String,
        by: Party,
        text: Option<Prose>,
    },
    WithdrawVersion {
        internship: String,
    },
    /// What comes after the internship is written down before it ends.
    NextStep {
        internship: String,
        text: Option<Prose>,
    },
    Extend {
        internship: String,
        to: NaiveDate,
        papers: GivenPapers,
    },
    End(Box<EndEvent>),
    Outcome {
        of: String,
        outcome: OutcomeStep,
        step: GivenNextStep,
    },
    CompanyAnswers {
        internship: String,
        answer: AnswerKind,
        text: Given<Prose>,
    },
    Job {
        outcome: Option<OutcomeStep>,
        step: GivenNextStep,
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
    FollowUp(Box<FollowUpEvent>),
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
    Acknowledge(FlagEvent),
    Snooze {
        handling: FlagEvent,
        until: Option<NaiveDate>,
    },
    /// An earlier event of the case was registered wrongly.
    InError {
        /// Its number in the case, from 1.
        number: usize,
        event: Box<CaseEvent>,
        reason: Option<Prose>,
    },
    /// The course is closed.
    Leave {
        how: Leaving,
    },
    Pause {
        internship: String,
        kind: PauseKind,
        from: NaiveDate,
        /// None: nobody knows yet.
        to: Option<NaiveDate>,
    },
    /// A workplace is closed.
    Closure {
        company: String,
        from: NaiveDate,
        to: NaiveDate,
    },
    /// A workplace offers something.
    Offer {
        company: String,
        opening: Box<OpeningDetails>,
    },
    /// A company speaks of a job to come.
    Foresee {
        company: String,
        prospect: Box<NewProspect>,
    },
    /// A conversation, a step or an awaited clarification, without an internship.
    Plan {
        step: Box<NewStep>,
    },
    ScheduleOff,
    ScheduleOn,
    Nothing {
        note: Option<Prose>,
    },
    /// This version has no action for it.
    NotPlayed {
        what: &'static str,
        text: Localized,
    },
}

/// A booking.
#[derive(Clone, Debug)]
pub struct BookingEvent {
    /// The name by which the file calls it.
    pub internship: String,
    pub company: String,
    pub kind: InternshipType,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub rest: GivenTerms,
    pub road: Option<Road>,
    /// Nothing of the start is implied: no confirmation, no paper, no start.
    pub start_left_out: bool,
    pub new_function: Option<Prose>,
    /// Where a rule asks.
    pub reasons: AskReasons,
    /// Where it counts as an extension.
    pub papers: GivenPapers,
}

/// A new version of the alignment; what is left out stays.
#[derive(Clone, Debug)]
pub struct ChangeEvent {
    pub internship: String,
    pub company: Option<String>,
    pub kind: Option<InternshipType>,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub rest: GivenTerms,
    pub new_function: Option<Prose>,
    pub reasons: AskReasons,
}

/// How accommodations are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenAccommodations {
    Agreed,
    NoneNeeded,
}

/// A start, and what is recorded for it that day.
#[derive(Clone, Debug)]
pub struct StartEvent {
    pub internship: String,
    pub confirmed_by: Given<Vec<Party>>,
    pub accommodations: Given<GivenAccommodations>,
    pub contact_person: Given<Line>,
    /// Who states it, and whether the conditions are met.
    pub representative: Given<(Representative, bool)>,
    pub decision_reasons: Given<Prose>,
    /// The actual first day, where it is recorded late.
    pub first_day: Option<NaiveDate>,
    /// Why it is recorded late; the team leader then approves it, where that is asked for.
    pub late_reason: Option<Prose>,
}

/// An internship ends.
#[derive(Clone, Debug)]
pub struct EndEvent {
    pub internship: String,
    pub outcome: Ending,
    pub step: GivenNextStep,
    pub last_day: Option<NaiveDate>,
    pub by: Option<Party>,
    pub note: Option<Prose>,
}

/// What somebody went on to.
#[derive(Clone, Debug)]
pub struct GivenNextStep {
    pub first_day: Given<NaiveDate>,
    pub weekly_hours: Given<WeeklyHours>,
    pub until: Option<NaiveDate>,
    /// A company's or workplace's ref, or a name.
    pub employer: Option<Line>,
}

/// A follow-up that is held.
#[derive(Clone, Debug)]
pub struct FollowUpEvent {
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
    pub days_absent: Option<Whole<0, 366>>,
    pub belonging: Option<Mark>,
    pub colleagues: Option<Prose>,
    pub heard: Option<Mark>,
}

/// A flag that somebody acknowledges or snoozes.
#[derive(Clone, Debug)]
pub struct FlagEvent {
    pub flag: String,
    pub about: Option<String>,
    pub reason: Option<Prose>,
    /// `team-leader`, or who is named; left out: whoever may.
    pub by: Option<String>,
}
