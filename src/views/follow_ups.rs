//! Follow-ups, as those see them who may see citizens.

use crate::{
    actions::ActionError,
    crypto::Keys,
    domain::{
        internships::{
            course::Course,
            follow_up::{Belief, FollowUp, Motivation, Phase, Planned, Record},
        },
        people::advice::{Advice, advice},
        values::ids::{CitizenId, FollowUpId, InternshipId},
    },
    store::{courses, schema::FollowUpRow},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct FollowUpView {
    pub id: FollowUpId,
    pub citizen: CitizenId,
    pub internship: InternshipId,
    pub kind: Planned,
    /// The day on which the plan put it.
    pub planned_on: NaiveDate,
    /// The day on which it is due now.
    pub due_on: NaiveDate,
    /// Null until it is held.
    pub held_on: Option<NaiveDate>,
    pub record: Option<Record>,
    pub cancelled_on: Option<NaiveDate>,
    pub cancel_reason: Option<String>,
}

pub fn follow_up(keys: &Keys, row: &FollowUpRow) -> Result<FollowUpView, ActionError> {
    let FollowUp { id, internship, kind, planned_on, due_on, held, cancelled_on } = courses::follow_up(row, keys)?;
    Ok(FollowUpView {
        id,
        citizen: CitizenId::stored(row.citizen_id.clone()),
        internship,
        kind,
        planned_on,
        due_on,
        held_on: held.as_ref().map(|held| held.on),
        record: held.map(|held| held.record),
        cancelled_on,
        cancel_reason: row.cancel_reason.clone(),
    })
}

/// What was found on a day.
#[derive(Serialize, ToSchema)]
pub struct BeliefOn {
    pub on: NaiveDate,
    pub internship: String,
    pub phase: Option<Phase>,
    pub motivation: Option<Motivation>,
    /// Both on the same scale, 0 to 10.
    pub belief: Option<Belief>,
}

#[derive(Serialize, ToSchema)]
pub struct BeliefsView {
    /// In order of the days.
    pub follow_ups: Vec<BeliefOn>,
    /// What the study advises for the latest phase and motivation.
    pub advice: Vec<Advice>,
}

pub fn beliefs(course: &Course) -> BeliefsView {
    let held = course.held();
    let on = held.iter().map(|(internship, held)| BeliefOn {
        on: held.on,
        internship: internship.reference.clone(),
        phase: held.record.phase,
        motivation: held.record.motivation,
        belief: held.record.belief,
    });
    BeliefsView { follow_ups: on.collect(), advice: advice(course) }
}
