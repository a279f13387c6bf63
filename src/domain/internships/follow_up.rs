//! Follow-ups (L19, S3, S4, S14–S16): planned by type from the figures of the rulebook, held with what citizen,
//! consultant and company each say apart. What is planned follows from the terms in force, so that an extension or a new
//! decision date plans anew; what somebody moved or held stays.
//!
//! What must never happen: the company sees the phase or anybody's belief. Nothing here goes into a letter.

use crate::domain::{
    internships::purpose::Mark,
    values::{
        ids::{AccommodationId, FollowUpId, InternshipId},
        text::{Line, Prose, Whole},
    },
};
use chrono::NaiveDate;
use serde::Serialize;

crate::code_enum! {
    /// Why a follow-up is planned.
    pub enum Planned {
        First = "first" ("i den første uge", "in the first week"),
        Regular = "regular" ("fast opfølgning", "regular"),
        BeforeEnd = "before-end" ("før slutdatoen", "before the end"),
        Decision = "decision" ("datoen for svar om ansættelse", "the hiring decision date"),
        Extra = "extra" ("ekstra", "extra"),
    }
}

crate::code_enum! {
    /// The phase of the citizen's life on benefit (S14), in no fixed order.
    pub enum Phase {
        /// Meaning, direction, belief in oneself.
        Progression = "progression" ("progression", "progression"),
        /// Waiting, no direction.
        Stagnation = "stagnation" ("stagnation", "stagnation"),
        /// Meaninglessness, isolation.
        Setback = "setback" ("tilbagegang", "setback"),
        /// Overwhelmed, powerless.
        Derailment = "derailment" ("afsporing", "derailment"),
    }
}

crate::code_enum! {
    /// What motivates the citizen just now (S15).
    pub enum Motivation {
        Necessity = "necessity" ("nødvendighed", "necessity"),
        Relations = "relations" ("relationer", "relations"),
        Mastery = "mastery" ("mestring", "mastery"),
        Direction = "direction" ("retning", "direction"),
        Practice = "practice" ("praksis", "practice"),
    }
}

crate::input! {
    /// How far each believes that a job is possible, 0 (not at all) to 10 (S16); the same scale for both.
    #[derive(Copy, PartialEq, Eq, Serialize)]
    pub struct Belief {
        pub citizen: Mark,
        pub consultant: Mark,
    }
}

crate::input! {
    /// Where the citizen stands with a skill of the training now.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct SkillNow {
        pub skill: Line,
        pub now: Mark,
    }
}

crate::input! {
    /// An answer to a question of the clarification.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct QuestionAnswered {
        pub question: Line,
        pub answer: Prose,
    }
}

crate::input! {
    /// Whether a demand of the position is met (recruitment).
    #[derive(PartialEq, Eq, Serialize)]
    pub struct DemandMet {
        pub demand: Line,
        pub met: bool,
    }
}

crate::input! {
    /// Whether one agreed accommodation was kept (S3).
    #[derive(PartialEq, Eq, Serialize)]
    pub struct AccommodationKept {
        pub accommodation: AccommodationId,
        pub kept: bool,
        pub note: Option<Prose>,
    }
}

crate::input! {
    /// What was said at a follow-up. Leave out what was not spoken of.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Record {
        /// The day it was held, today or before; left out: today.
        pub held_on: Option<NaiveDate>,
        pub phase: Option<Phase>,
        pub motivation: Option<Motivation>,
        pub belief: Option<Belief>,
        pub skills: Option<Vec<SkillNow>>,
        pub answers: Option<Vec<QuestionAnswered>>,
        pub demands: Option<Vec<DemandMet>>,
        pub accommodations: Option<Vec<AccommodationKept>>,
        /// Whether the contact person is there for the citizen (S4).
        pub contact_person_there: Option<bool>,
        /// How far the citizen feels part of the workplace, 0 to 10 (S4).
        pub belonging: Option<Mark>,
        pub company_words: Option<Prose>,
        pub citizen_words: Option<Prose>,
        /// Whole days on which the citizen was away since the last follow-up, whatever the cause, without those agreed as a
        /// pause (S30).
        pub days_absent: Option<Whole<0, 366>>,
        /// What the colleagues say (S22).
        pub colleagues: Option<Prose>,
        /// How far the citizen was heard, 0 to 10, in the citizen's own judgement (S29).
        pub heard: Option<Mark>,
    }
}

/// Half the scale: a citizen who feels as much a part of the workplace as not.
const BELONGS: i64 = 5;

impl Record {
    /// Whether the citizen belongs there: feels at least half a part of it, and the contact person is there (S4). Neither was spoken
    /// of: nothing is known.
    pub fn belongs(&self) -> Option<bool> {
        let feels = self.belonging.map(|mark| mark.get() >= BELONGS);
        match (feels, self.contact_person_there) {
            (None, None) => None,
            (feels, there) => Some(feels != Some(false) && there != Some(false)),
        }
    }

    /// Whether nothing at all was said, but for the day.
    pub fn is_empty(&self) -> bool {
        let Self { held_on: _, phase, motivation, belief, skills, answers, demands, accommodations, .. } = self;
        let lists = [
            skills.as_ref().map(Vec::len),
            answers.as_ref().map(Vec::len),
            demands.as_ref().map(Vec::len),
            accommodations.as_ref().map(Vec::len),
        ];
        let marks = self.belonging.is_some() || self.heard.is_some() || self.days_absent.is_some() || belief.is_some();
        let words = self.company_words.is_some() || self.citizen_words.is_some() || self.colleagues.is_some();
        let named = phase.is_some() || motivation.is_some() || self.contact_person_there.is_some();
        !(marks || words || named || lists.iter().any(|length| length.is_some_and(|length| length > 0)))
    }
}

impl Record {
    /// Whether the place did well by the citizen (S3, S4): accommodations kept, the contact person there, the citizen at
    /// least half a part of it. What was not spoken of speaks against nobody.
    pub fn went_well(&self) -> bool {
        let kept = self.accommodations.iter().flatten().all(|item| item.kept);
        kept && self.contact_person_there != Some(false) && self.belonging.is_none_or(|mark| mark.get() >= BELONGS)
    }
}

impl Record {
    /// Whether all accommodations spoken of were kept; none were spoken of: nothing is known.
    pub fn all_kept(&self) -> Option<bool> {
        let items = self.accommodations.as_deref().filter(|items| !items.is_empty())?;
        Some(items.iter().all(|item| item.kept))
    }
}

/// A follow-up: planned, moved, held or cancelled.
#[derive(Clone, Debug)]
pub struct FollowUp {
    pub id: FollowUpId,
    pub internship: InternshipId,
    pub kind: Planned,
    /// The day on which the plan put it.
    pub planned_on: NaiveDate,
    /// The day on which it is due now.
    pub due_on: NaiveDate,
    pub held: Option<Held>,
    pub cancelled_on: Option<NaiveDate>,
}

#[derive(Clone, Debug)]
pub struct Held {
    pub on: NaiveDate,
    pub recorded_on: NaiveDate,
    pub record: Record,
}

impl FollowUp {
    /// Neither held nor cancelled.
    pub fn is_open(&self) -> bool {
        self.held.is_none() && self.cancelled_on.is_none()
    }
}
