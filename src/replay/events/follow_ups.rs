//! Follow-ups and checks of jobs. A follow-up that falls due is held on its day, unremarkable, unless the case says `as-given`.

use crate::{
    actions::{
        ActionError,
        internships::{case::case, follow_ups, retention},
    },
    context::Seen,
    domain::{
        internships::{
            follow_up::{AccommodationKept, Phase, QuestionAnswered, Record, SkillNow},
            follow_up_minimum::lacking,
            internship::Internship,
            purpose::{InternshipType, Mark, Skill},
            retention::NewRetentionCheck,
        },
        values::{day::At, ids::InternshipId, localized::localized},
    },
    replay::{format::FollowUpEvent, stage::Stage, words::prose},
    store::{Tx, courses, follow_ups as stored_follow_ups},
};

const ANSWER: &str = "Det er afklaret.";
/// What the citizen says where a follow-up has to say something and the file does not.
const TOO_EARLY: &str = "Det er for tidligt at sige.";

fn nothing() -> Record {
    Record {
        held_on: None,
        phase: None,
        motivation: None,
        belief: None,
        skills: None,
        answers: None,
        demands: None,
        accommodations: None,
        contact_person_there: None,
        belonging: None,
        company_words: None,
        citizen_words: None,
        days_absent: None,
        colleagues: None,
        heard: None,
    }
}

/// A follow-up of the file. One that is due on its day it takes the place of.
///
/// # Errors
/// Those of the action.
pub fn follow_up(tx: &mut Tx, scene: &Stage, at: At, wish: &FollowUpEvent) -> Result<(), ActionError> {
    let id = scene.internship(&wish.internship)?;
    let internship = case(tx, &scene.context(&scene.consultant, at), id)?.internship;
    let kept = |kept: bool| {
        let items = internship.accommodations.iter();
        items.map(|item| AccommodationKept { accommodation: item.id.clone(), kept, note: None }).collect::<Vec<_>>()
    };
    let questions = internship.standing().terms.purpose.questions.clone().unwrap_or_default();
    let answers = match &wish.answers {
        Some(answers) => Some(
            answers
                .iter()
                .enumerate()
                .filter_map(|(index, (question, answer))| {
                    let question = question.clone().or_else(|| questions.get(index).cloned())?;
                    let answer = answer.clone().map_or_else(|| prose(ANSWER), Ok);
                    Some(answer.map(|answer| QuestionAnswered { question, answer }))
                })
                .collect::<Result<Vec<_>, _>>()?,
        ),
        None => None,
    };
    let record = Record {
        phase: wish.phase,
        motivation: wish.motivation,
        belief: wish.belief,
        skills: wish.skills.clone(),
        answers,
        accommodations: wish.accommodations_kept.map(kept),
        company_words: wish.company_words.clone(),
        citizen_words: wish.citizen_words.clone(),
        days_absent: wish.days_absent,
        belonging: wish.belonging,
        colleagues: wish.colleagues.clone(),
        heard: wish.heard,
        ..nothing()
    };
    let record = with_the_least(&internship, record)?;
    let rows = stored_follow_ups::of_internship(tx, scene.tenant(), id)?;
    let due = rows.iter().find(|row| row.due_on == at.today && row.held_on.is_none() && row.cancelled_on.is_none());
    let context = scene.context(&scene.consultant, at);
    match due {
        Some(row) => follow_ups::hold(tx, &context, Seen::Newest, &row.id.clone(), &record),
        None => follow_ups::hold_extra(tx, &context, id, &record).map(|_| ()),
    }
}

/// Holds what is due today and the file says nothing of.
///
/// # Errors
/// Those of the action.
pub fn hold_due(tx: &mut Tx, scene: &Stage, at: At) -> Result<usize, ActionError> {
    let course = courses::load(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?.ok_or(ActionError::NotFound)?;
    let mut held = 0;
    for internship in course.internships.iter().filter(|own| own.is_open()) {
        let due: Vec<_> = internship.follow_ups.iter().filter(|own| own.is_open() && own.due_on <= at.today).collect();
        for follow_up in due {
            let last = !internship.follow_ups.iter().any(|later| later.is_open() && later.due_on > follow_up.due_on);
            let skills = if last { learned(internship).map(|skill| vec![skill]) } else { None };
            let record = with_the_least(internship, Record { phase: Some(Phase::Progression), skills, ..nothing() })?;
            follow_ups::hold(tx, &scene.context(&scene.consultant, at), Seen::Newest, &follow_up.id, &record)?;
            held += 1;
        }
    }
    Ok(held)
}

/// What a follow-up has to say at least, where the file does not say it: the skills of a training where they stand, else a word.
fn with_the_least(internship: &Internship, record: Record) -> Result<Record, ActionError> {
    if lacking(internship, &record).is_none() {
        return Ok(record);
    }
    if internship.standing().terms.kind() == InternshipType::Training {
        return Ok(Record { skills: Some(standing(internship)), ..record });
    }
    Ok(Record { citizen_words: Some(prose(TOO_EARLY)?), ..record })
}

/// The skills of a training, each where it stands.
fn standing(internship: &Internship) -> Vec<SkillNow> {
    let purpose = &internship.standing().terms.purpose;
    let skills = purpose.skills.iter().flatten().filter(|_| purpose.kind == InternshipType::Training);
    let stands = |skill: &Skill| {
        let said = internship.held().flat_map(|held| held.record.skills.iter().flatten());
        said.filter(|now| now.skill == skill.skill).map(|now| now.now).next_back().unwrap_or(skill.now)
    };
    skills.map(|skill| SkillNow { skill: skill.skill.clone(), now: stands(skill) }).collect()
}

/// The first skill of a training, moved by one from where it stands.
fn learned(internship: &Internship) -> Option<SkillNow> {
    let SkillNow { skill, now } = standing(internship).into_iter().next()?;
    Some(SkillNow { skill, now: Mark::parse(now.get() + 1).unwrap_or(now) })
}

/// A check of the latest job that came of an internship.
///
/// # Errors
/// No job came of it; those of the action.
pub fn retention(tx: &mut Tx, scene: &Stage, at: At, of: &str, holds: bool) -> Result<(), ActionError> {
    let from: InternshipId = scene.internship(of)?.clone();
    let course = courses::load(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?.ok_or(ActionError::NotFound)?;
    let hires = course.outcomes.iter().filter(|outcome| outcome.step.is_hire() && outcome.from.as_ref() == Some(&from));
    let Some(hire) = hires.max_by_key(|hire| (hire.first_day, hire.recorded_on)) else {
        return Err(ActionError::Conflict("no-hire", localized("Der kom ikke noget job ud af den.", "No job came of it.")));
    };
    let check = NewRetentionCheck { held_on: None, holds, last_day: None, accommodations: None, note: None };
    retention::check(tx, &scene.context(&scene.consultant, at), Seen::Newest, &hire.id, &check)?;
    Ok(())
}
