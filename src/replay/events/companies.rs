//! What companies say: whether they hire, and how many work there.

use crate::{
    actions::{
        ActionError,
        companies::staff::{self, Staff},
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
