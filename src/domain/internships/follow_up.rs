//! Follow-ups (L19, S3, S4, S14–S16): planned by type from the figures of the rulebook, held with what citizen,
//! consultant and company each say apart. What is planned follows from the terms in force, so that an extension or a new
//! decision date plans anew; what somebody moved or held stays.
//!
//! What must never happen: the company sees the phase or anybody's belief. Nothing here goes into a letter.

use crate::domain::{
    internships::purpose::Mark,
    values::{
        clock_time::ClockTime,
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
    /// The time of day, where one is agreed.
    pub at: Option<ClockTime>,
    pub place: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        testing::{day, held},
    };
    use serde_json::{Value, json};

    fn record(said: &Value) -> Record {
        read(said).unwrap()
    }

    fn kept(kept: bool) -> Value {
        json!({"accommodation": "019b8d2b-8c00-7730-8cbe-67ee37ea736d", "kept": kept})
    }

    #[test]
    fn a_citizen_belongs_who_feels_half_a_part_of_the_place_and_has_a_contact_there() {
        for (said, belongs) in [
            (json!({}), None),
            (json!({"belonging": 5}), Some(true)),
            (json!({"belonging": 4}), Some(false)),
            (json!({"contact_person_there": true}), Some(true)),
            (json!({"contact_person_there": false}), Some(false)),
            (json!({"belonging": 10, "contact_person_there": false}), Some(false)),
            (json!({"belonging": 0, "contact_person_there": true}), Some(false)),
            (json!({"belonging": 5, "contact_person_there": true}), Some(true)),
        ] {
            assert_eq!(record(&said).belongs(), belongs, "{said}");
        }
    }

    #[test]
    fn anything_said_makes_a_record_and_the_day_or_an_empty_list_alone_makes_none() {
        for said in [
            json!({}),
            json!({"held_on": "2024-02-29"}),
            json!({"skills": [], "answers": [], "demands": [], "accommodations": []}),
        ] {
            assert!(record(&said).is_empty(), "{said}");
        }
        for said in [
            json!({"phase": "setback"}),
            json!({"motivation": "mastery"}),
            json!({"belief": {"citizen": 0, "consultant": 0}}),
            json!({"skills": [{"skill": "Kasse", "now": 0}]}),
            json!({"answers": [{"question": "Kan jeg?", "answer": "Ja"}]}),
            json!({"demands": [{"demand": "Sælge", "met": false}]}),
            json!({"accommodations": [kept(false)]}),
            json!({"contact_person_there": false}),
            json!({"belonging": 0}),
            json!({"company_words": "Fint"}),
            json!({"citizen_words": "Skidt"}),
            json!({"days_absent": 0}),
            json!({"colleagues": "Godt"}),
            json!({"heard": 0}),
        ] {
            assert!(!record(&said).is_empty(), "{said}");
        }
    }

    #[test]
    fn a_place_did_well_unless_something_said_speaks_against_it() {
        for (said, well) in [
            (json!({}), true),
            (json!({"accommodations": [kept(true), kept(true)], "contact_person_there": true, "belonging": 5}), true),
            (json!({"accommodations": [kept(true), kept(false)]}), false),
            (json!({"contact_person_there": false, "belonging": 10}), false),
            (json!({"belonging": 4}), false),
        ] {
            assert_eq!(record(&said).went_well(), well, "{said}");
        }
    }

    #[test]
    fn accommodations_are_kept_where_each_was_and_unknown_where_none_was_spoken_of() {
        for (said, all) in [
            (json!({}), None),
            (json!({"accommodations": []}), None),
            (json!({"accommodations": [kept(true)]}), Some(true)),
            (json!({"accommodations": [kept(true), kept(false)]}), Some(false)),
        ] {
            assert_eq!(record(&said).all_kept(), all, "{said}");
        }
    }

    #[test]
    fn a_follow_up_is_open_until_it_is_held_or_cancelled() {
        let done = held("2024-02-29", json!({}));
        let open = FollowUp { held: None, ..done.clone() };
        let cancelled = FollowUp { cancelled_on: Some(day("2024-02-28")), ..open.clone() };
        let both = FollowUp { cancelled_on: Some(day("2024-02-28")), ..done.clone() };
        assert_eq!([&open, &done, &cancelled, &both].map(FollowUp::is_open), [true, false, false, false]);
    }
}
