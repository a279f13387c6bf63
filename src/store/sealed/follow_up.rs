//! What was said at a follow-up, at the check of a job, and written before either.

use crate::{
    domain::{
        internships::{
            follow_up::{AccommodationKept, Belief, DemandMet, Motivation, Phase, QuestionAnswered, Record, SkillNow},
            purpose::Mark,
            questions::Written,
            retention::NewRetentionCheck,
        },
        values::{
            ids::AccommodationId,
            text::{Line, Prose, Whole},
        },
    },
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredRecord {
    held_on: Option<NaiveDate>,
    phase: Option<Phase>,
    motivation: Option<Motivation>,
    belief: Option<StoredBelief>,
    skills: Option<Vec<StoredSkillNow>>,
    answers: Option<Vec<StoredAnswer>>,
    demands: Option<Vec<StoredDemand>>,
    accommodations: Option<Vec<StoredAccommodationKept>>,
    contact_person_there: Option<bool>,
    belonging: Option<Mark>,
    company_words: Option<Prose>,
    citizen_words: Option<Prose>,
    days_absent: Option<Whole<0, 366>>,
    colleagues: Option<Prose>,
    heard: Option<Mark>,
}

#[derive(Deserialize, Serialize)]
struct StoredBelief {
    citizen: Mark,
    consultant: Mark,
}

#[derive(Deserialize, Serialize)]
struct StoredSkillNow {
    skill: Line,
    now: Mark,
}

#[derive(Deserialize, Serialize)]
struct StoredAnswer {
    question: Line,
    answer: Prose,
}

#[derive(Deserialize, Serialize)]
struct StoredDemand {
    demand: Line,
    met: bool,
}

#[derive(Deserialize, Serialize)]
struct StoredAccommodationKept {
    accommodation: AccommodationId,
    kept: bool,
    note: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredRetentionCheck {
    held_on: Option<NaiveDate>,
    holds: bool,
    last_day: Option<NaiveDate>,
    accommodations: Option<Vec<StoredAccommodationKept>>,
    note: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredWritten {
    holds: Option<bool>,
    words: Option<Prose>,
    belonging: Option<Mark>,
    contact_person_there: Option<bool>,
    accommodations: Option<Vec<StoredAccommodationKept>>,
    skills: Option<Vec<StoredSkillNow>>,
    answers: Option<Vec<StoredAnswer>>,
    demands: Option<Vec<StoredDemand>>,
    colleagues: Option<Prose>,
    heard: Option<Mark>,
    belief: Option<Mark>,
}

fn each<T, U>(list: Option<Vec<T>>, convert: impl Fn(T) -> U) -> Option<Vec<U>> {
    list.map(|items| items.into_iter().map(convert).collect())
}

impl From<AccommodationKept> for StoredAccommodationKept {
    fn from(AccommodationKept { accommodation, kept, note }: AccommodationKept) -> Self {
        Self { accommodation, kept, note }
    }
}
impl From<StoredAccommodationKept> for AccommodationKept {
    fn from(StoredAccommodationKept { accommodation, kept, note }: StoredAccommodationKept) -> Self {
        Self { accommodation, kept, note }
    }
}

impl From<SkillNow> for StoredSkillNow {
    fn from(SkillNow { skill, now }: SkillNow) -> Self {
        Self { skill, now }
    }
}
impl From<StoredSkillNow> for SkillNow {
    fn from(StoredSkillNow { skill, now }: StoredSkillNow) -> Self {
        Self { skill, now }
    }
}

impl From<QuestionAnswered> for StoredAnswer {
    fn from(QuestionAnswered { question, answer }: QuestionAnswered) -> Self {
        Self { question, answer }
    }
}
impl From<StoredAnswer> for QuestionAnswered {
    fn from(StoredAnswer { question, answer }: StoredAnswer) -> Self {
        Self { question, answer }
    }
}

impl From<DemandMet> for StoredDemand {
    fn from(DemandMet { demand, met }: DemandMet) -> Self {
        Self { demand, met }
    }
}
impl From<StoredDemand> for DemandMet {
    fn from(StoredDemand { demand, met }: StoredDemand) -> Self {
        Self { demand, met }
    }
}

impl From<Record> for StoredRecord {
    fn from(record: Record) -> Self {
        Self {
            held_on: record.held_on,
            phase: record.phase,
            motivation: record.motivation,
            belief: record.belief.map(|Belief { citizen, consultant }| StoredBelief { citizen, consultant }),
            skills: each(record.skills, Into::into),
            answers: each(record.answers, Into::into),
            demands: each(record.demands, Into::into),
            accommodations: each(record.accommodations, Into::into),
            contact_person_there: record.contact_person_there,
            belonging: record.belonging,
            company_words: record.company_words,
            citizen_words: record.citizen_words,
            days_absent: record.days_absent,
            colleagues: record.colleagues,
            heard: record.heard,
        }
    }
}

impl From<StoredRecord> for Record {
    fn from(stored: StoredRecord) -> Self {
        Self {
            held_on: stored.held_on,
            phase: stored.phase,
            motivation: stored.motivation,
            belief: stored.belief.map(|StoredBelief { citizen, consultant }| Belief { citizen, consultant }),
            skills: each(stored.skills, Into::into),
            answers: each(stored.answers, Into::into),
            demands: each(stored.demands, Into::into),
            accommodations: each(stored.accommodations, Into::into),
            contact_person_there: stored.contact_person_there,
            belonging: stored.belonging,
            company_words: stored.company_words,
            citizen_words: stored.citizen_words,
            days_absent: stored.days_absent,
            colleagues: stored.colleagues,
            heard: stored.heard,
        }
    }
}

impl StoredValue for Record {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        write(StoredRecord::from(self.clone()))
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        Ok(read::<StoredRecord>(text)?.into())
    }
}

impl StoredValue for NewRetentionCheck {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { held_on, holds, last_day, accommodations, note } = self.clone();
        write(StoredRetentionCheck { held_on, holds, last_day, accommodations: each(accommodations, Into::into), note })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredRetentionCheck { held_on, holds, last_day, accommodations, note } = read(text)?;
        Ok(Self { held_on, holds, last_day, accommodations: each(accommodations, Into::into), note })
    }
}

impl StoredValue for Written {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let own = self.clone();
        write(StoredWritten {
            holds: own.holds,
            words: own.words,
            belonging: own.belonging,
            contact_person_there: own.contact_person_there,
            accommodations: each(own.accommodations, Into::into),
            skills: each(own.skills, Into::into),
            answers: each(own.answers, Into::into),
            demands: each(own.demands, Into::into),
            colleagues: own.colleagues,
            heard: own.heard,
            belief: own.belief,
        })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let stored: StoredWritten = read(text)?;
        Ok(Self {
            holds: stored.holds,
            words: stored.words,
            belonging: stored.belonging,
            contact_person_there: stored.contact_person_there,
            accommodations: each(stored.accommodations, Into::into),
            skills: each(stored.skills, Into::into),
            answers: each(stored.answers, Into::into),
            demands: each(stored.demands, Into::into),
            colleagues: stored.colleagues,
            heard: stored.heard,
            belief: stored.belief,
        })
    }
}
