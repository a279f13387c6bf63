//! Follow-ups (L19, S3, S4, S14–S16): planned by type from the figures of the rulebook, held with what citizen,
//! consultant and company each say apart. What is planned follows from the terms in force, so that an extension or a new
//! decision date plans anew; what somebody moved or held stays.
//!
//! What must never happen: the company sees the phase or anybody's belief. Nothing here goes into a letter.

use crate::domain::{
    internships::{
        internship::Internship,
        purpose::{Kind, Mark},
    },
    rules::rulebook::Figures,
    values::{
        day::plus,
        ids::{AccommodationId, FollowUpId, InternshipId},
        text::{Line, Prose},
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
    }
}

/// Half the scale: a citizen who feels as much a part of the workplace as not.
const BELONGS: i64 = 5;

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

/// A day on which a follow-up belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub kind: Planned,
    pub on: NaiveDate,
}

/// The plan of a running internship: in the first week, then at the cadence of its type, before the end, and on the
/// decision date; one a day, in order. Empty before the start.
pub fn plan(internship: &Internship, figures: &Figures) -> Vec<Slot> {
    let Some(stay) = internship.stay() else { return Vec::new() };
    let every = match internship.standing().terms.kind() {
        Kind::Clarification => figures.follow_up_every_days_clarification,
        Kind::Training => figures.follow_up_every_days_training,
        Kind::Recruitment => figures.follow_up_every_days_recruitment,
    };
    let mut slots: Vec<Slot> = internship.decision_on().map(|on| Slot { kind: Planned::Decision, on }).into_iter().collect();
    slots.push(Slot { kind: Planned::BeforeEnd, on: plus(stay.last, -figures.follow_up_before_end_days) });
    slots.push(Slot { kind: Planned::First, on: plus(stay.first, figures.follow_up_first_day - 1) });
    let regular = (1..).map(|context| plus(stay.first, context * every.max(1))).take_while(|on| *on <= stay.last);
    slots.extend(regular.map(|on| Slot { kind: Planned::Regular, on }));
    slots.retain(|slot| stay.first < slot.on && slot.on <= stay.last);
    slots.sort_by_key(|slot| slot.on);
    // The sort is stable: of several on one day the first named above stays.
    slots.dedup_by_key(|slot| slot.on);
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        rules::rulebook::{BUILT_IN, Rulebook},
        testing::{extend, internship, terms},
    };

    fn days(internship: &Internship) -> Vec<(String, Planned)> {
        let book = Rulebook::read(BUILT_IN).unwrap();
        plan(internship, book.on(internship.first.terms.period.first))
            .iter()
            .map(|slot| (slot.on.to_string(), slot.kind))
            .collect()
    }

    #[test]
    fn in_the_first_week_every_four_weeks_and_before_the_end_over_a_leap_day() {
        let own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        let expected = [
            ("2024-01-12", Planned::First),
            ("2024-02-05", Planned::Regular),
            ("2024-03-04", Planned::Regular),
            ("2024-03-24", Planned::BeforeEnd),
            ("2024-04-01", Planned::Regular),
        ];
        assert_eq!(days(&own), expected.map(|(on, kind)| (on.to_owned(), kind)));
    }

    #[test]
    fn an_extension_moves_what_stands_before_the_end_and_a_decision_date_takes_its_day() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        extend(&mut own, "2024-04-02", "2024-05-05");
        own.later[0].terms.decision_on = Some("2024-04-29".parse().unwrap());
        let found = days(&own);
        assert!(found.contains(&("2024-04-21".into(), Planned::BeforeEnd)));
        assert!(found.contains(&("2024-04-29".into(), Planned::Decision)));
        assert!(
            !found.iter().any(|(_, kind)| *kind == Planned::BeforeEnd)
                || !found.contains(&("2024-03-24".into(), Planned::BeforeEnd))
        );
        assert_eq!(found.iter().filter(|(on, _)| on == "2024-04-29").count(), 1);
    }

    #[test]
    fn a_stay_of_a_day_and_one_not_begun_have_no_plan() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-01-08", 20.0));
        assert!(days(&own).is_empty());
        own.first.terms.period.last = "2024-02-08".parse().unwrap();
        own.started_on = None;
        assert!(days(&own).is_empty());
    }
}
