//! The terms of a version, as they are stored.

use crate::{
    domain::{
        internships::{
            alignment::{Accommodations, Place, Terms},
            purpose::{InternshipType, Mark, Position, Purpose, Skill},
        },
        values::{
            day::Period,
            hours::{HoursPlan, HoursStep},
            ids::{CompanyId, WorkplaceId},
            text::{Line, Prose, WeeklyHours},
            vocabulary::Term,
        },
    },
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredTerms {
    purpose: StoredPurpose,
    occupation: Term,
    tasks: Vec<Term>,
    place: StoredPlace,
    period: StoredPeriod,
    hours: Vec<StoredHoursStep>,
    decision_on: Option<NaiveDate>,
    accommodations: StoredAccommodations,
}

#[derive(Deserialize, Serialize)]
struct StoredPurpose {
    kind: InternshipType,
    questions: Option<Vec<Line>>,
    skills: Option<Vec<StoredSkill>>,
    prospect: Option<StoredPosition>,
}

#[derive(Deserialize, Serialize)]
struct StoredSkill {
    skill: Line,
    now: Mark,
    target: Mark,
}

#[derive(Deserialize, Serialize)]
struct StoredPosition {
    position: Line,
    weekly_hours: WeeklyHours,
    must_be_able_to: Vec<Line>,
    decision_on: NaiveDate,
    commitment: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredPlace {
    workplace: WorkplaceId,
    company: CompanyId,
    p_number: String,
    name: String,
}

#[derive(Deserialize, Serialize)]
struct StoredPeriod {
    first: NaiveDate,
    last: NaiveDate,
}

#[derive(Deserialize, Serialize)]
struct StoredHoursStep {
    from: NaiveDate,
    weekly_hours: WeeklyHours,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum StoredAccommodations {
    Unsettled,
    NoneNeeded,
    Items(Vec<String>),
}

impl StoredValue for Terms {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        write(StoredTerms::from(self.clone()))
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        read::<StoredTerms>(text)?.try_into()
    }
}

impl From<Terms> for StoredTerms {
    fn from(terms: Terms) -> Self {
        let Terms { purpose, occupation, tasks, place, period, hours, decision_on, accommodations } = terms;
        let step = |step: &HoursStep| StoredHoursStep { from: step.from, weekly_hours: step.weekly_hours };
        Self {
            purpose: purpose.into(),
            occupation,
            tasks,
            place: StoredPlace { workplace: place.workplace, company: place.company, p_number: place.p_number, name: place.name },
            period: StoredPeriod { first: period.first, last: period.last },
            hours: hours.steps().iter().map(step).collect(),
            decision_on,
            accommodations: match accommodations {
                Accommodations::Unsettled => StoredAccommodations::Unsettled,
                Accommodations::NoneNeeded => StoredAccommodations::NoneNeeded,
                Accommodations::Items(items) => StoredAccommodations::Items(items),
            },
        }
    }
}

impl TryFrom<StoredTerms> for Terms {
    type Error = StoredValueError;

    fn try_from(stored: StoredTerms) -> Result<Self, Self::Error> {
        let StoredTerms { purpose, occupation, tasks, place, period, hours, decision_on, accommodations } = stored;
        let steps = hours.into_iter().map(|step| HoursStep { from: step.from, weekly_hours: step.weekly_hours });
        Ok(Self {
            purpose: purpose.into(),
            occupation,
            tasks,
            place: Place { workplace: place.workplace, company: place.company, p_number: place.p_number, name: place.name },
            period: Period { first: period.first, last: period.last },
            hours: HoursPlan::new(steps.collect()).ok_or(StoredValueError::Impossible("a plan of hours"))?,
            decision_on,
            accommodations: match accommodations {
                StoredAccommodations::Unsettled => Accommodations::Unsettled,
                StoredAccommodations::NoneNeeded => Accommodations::NoneNeeded,
                StoredAccommodations::Items(items) => Accommodations::Items(items),
            },
        })
    }
}

impl From<Purpose> for StoredPurpose {
    fn from(purpose: Purpose) -> Self {
        let Purpose { kind, questions, skills, prospect } = purpose;
        let skill = |Skill { skill, now, target }| StoredSkill { skill, now, target };
        let position = |Position { position, weekly_hours, must_be_able_to, decision_on, commitment }| StoredPosition {
            position,
            weekly_hours,
            must_be_able_to,
            decision_on,
            commitment,
        };
        let skills = skills.map(|skills| skills.into_iter().map(skill).collect());
        Self { kind, questions, skills, prospect: prospect.map(position) }
    }
}

impl From<StoredPurpose> for Purpose {
    fn from(stored: StoredPurpose) -> Self {
        let StoredPurpose { kind, questions, skills, prospect } = stored;
        let skill = |StoredSkill { skill, now, target }| Skill { skill, now, target };
        let position = |StoredPosition { position, weekly_hours, must_be_able_to, decision_on, commitment }| Position {
            position,
            weekly_hours,
            must_be_able_to,
            decision_on,
            commitment,
        };
        let skills = skills.map(|skills| skills.into_iter().map(skill).collect());
        Self { kind, questions, skills, prospect: prospect.map(position) }
    }
}
