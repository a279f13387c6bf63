//! What a booking, a change or an extension says of its terms.

use crate::{
    domain::{
        internships::{alignment::Commitment, purpose::Skill},
        values::{
            hours::HoursPlan,
            text::{Line, Prose, WeeklyHours},
            vocabulary::Term,
        },
    },
    replay::format::given::Given,
};
use chrono::NaiveDate;

/// What a booking or a change says of the terms.
#[derive(Clone, Debug)]
pub struct GivenTerms {
    pub occupation: Option<Term>,
    pub hours: Option<GivenHours>,
    pub tasks: Option<Vec<Term>>,
    pub questions: Given<Vec<Line>>,
    pub skills: Given<Vec<Skill>>,
    pub prospect: Given<GivenProspect>,
}

/// Hours as one number, or as a plan with steps.
#[derive(Clone, Debug)]
pub enum GivenHours {
    /// The same each week.
    Same(WeeklyHours),
    Plan(HoursPlan),
}

/// The position that a recruitment aims at; what is left out the loader gives.
#[derive(Clone, Debug)]
pub struct GivenProspect {
    pub position: Option<Line>,
    pub weekly_hours: Option<WeeklyHours>,
    pub must_be_able_to: Given<Vec<Line>>,
    pub decision_on: Given<NaiveDate>,
    pub commitment: Option<Prose>,
}

/// Answers to what rules ask. Those that only a team leader may give are given by the team leader.
#[derive(Clone, Debug)]
pub struct AskReasons {
    pub goal_mismatch: Option<Prose>,
    pub series: Option<Prose>,
    pub company_record: Option<Prose>,
    pub derailed: Option<Prose>,
}

/// What a further extension asks for; what is left out here is missing, since the rules are to ask for it.
#[derive(Clone, Debug)]
pub struct GivenPapers {
    pub reason: Option<Prose>,
    pub hiring_decision_on: Option<NaiveDate>,
    pub commitment: Option<GivenCommitment>,
    /// The team leader approves it first.
    pub approved: bool,
    pub special_need: Option<Prose>,
    /// An extension's own decision: left out, it is made on the day; null: it is not made.
    pub decision_reasons: Given<Prose>,
}

/// The company's commitment: in its own words, to which the loader adds the rest, or in full.
#[derive(Clone, Debug)]
pub enum GivenCommitment {
    Words(Prose),
    Full(Box<Commitment>),
}
