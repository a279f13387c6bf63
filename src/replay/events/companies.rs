//! What companies say: whether they hire, how many work there, what they offer and what they foresee.

use crate::{
    actions::{
        ActionError,
        companies::{
            openings::{self, OpeningDetails},
            prospects::{self, NewProspect},
            staff::{self, Staff},
        },
        internships::answers::{self, RecordedAnswer},
    },
    domain::{
        internships::{alignment::Via, internship::AnswerKind},
        values::{
            day::At,
            month::Month,
            text::{FullTime, Prose},
        },
    },
    replay::{format::Given, stage::Stage, words::prose},
    store::Tx,
};

pub(super) fn company_answers(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    internship: &str,
    answer: AnswerKind,
    text: &Given<Prose>,
) -> Result<(), ActionError> {
    let because = prose("Vi har brug for mere tid til at se opgaverne løst.")?;
    let words = text.or_else(|| (answer == AnswerKind::MoreTime).then_some(because));
    let context = scene.context(&scene.consultant, at);
    let recorded = RecordedAnswer { answer, words, via: Via::Telephone, given_by: None, first_day: None, weekly_hours: None };
    answers::record(tx, &context, scene.internship(internship)?, &recorded)?;
    Ok(())
}

pub(super) fn report_staff(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    company: &str,
    month: Month,
    full_time: FullTime,
) -> Result<(), ActionError> {
    let context = scene.context(&scene.liaison, at);
    staff::put(tx, &context, &scene.place(company)?.workplace, month, &Staff { full_time })
}

/// A workplace offers something; who receives people there is its contact.
pub(super) fn offer(tx: &mut Tx, scene: &Stage, at: At, company: &str, opening: &OpeningDetails) -> Result<(), ActionError> {
    let place = scene.place(company)?;
    let opening = OpeningDetails { contact: Some(place.contact.clone()), ..opening.clone() };
    openings::offer(tx, &scene.context(&scene.liaison, at), &place.workplace, &opening)?;
    Ok(())
}

pub(super) fn foresee(tx: &mut Tx, scene: &Stage, at: At, company: &str, prospect: &NewProspect) -> Result<(), ActionError> {
    prospects::add(tx, &scene.context(&scene.liaison, at), &scene.place(company)?.workplace, prospect)?;
    Ok(())
}
