//! The purpose that is implied by the type of an internship, and the company's commitment in full.

use crate::{
    actions::ActionError,
    domain::{
        internships::{
            alignment::Commitment,
            purpose::{InternshipType, Position, Purpose, Skill},
        },
        values::{day::plus, hours::HoursPlan, localized::Lang, text::Whole, vocabulary::Term},
    },
    replay::{
        format::{Given, GivenCommitment, GivenProspect, GivenTerms},
        implied::hours::full_time,
        phrases::occupation as occupation_said,
        words::{line, prose},
    },
};
use chrono::NaiveDate;

const QUESTION: &str = "Kan borgeren klare opgaverne på arbejdspladsen?";

const SKILL: &str = "Arbejdspladsens faste rutiner";

const DEMAND: &str = "Kan løse opgaverne på egen hånd";

/// What the internship is for; of a change, what it leaves out stays.
pub fn purpose(
    kind: InternshipType,
    rest: &GivenTerms,
    first: NaiveDate,
    last: NaiveDate,
    before: Option<&Purpose>,
) -> Result<Purpose, ActionError> {
    let (question, skill) = (line(QUESTION)?, line(SKILL)?);
    let is = |own: InternshipType| kind == own;
    let questions = rest.questions.or_else(|| {
        let stood = before.and_then(|purpose| purpose.questions.clone());
        stood.or_else(|| is(InternshipType::Clarification).then(|| vec![question]))
    });
    let marks = Whole::parse(2).zip(Whole::parse(4));
    let skills = rest.skills.or_else(|| {
        let stood = before.and_then(|purpose| purpose.skills.clone());
        stood.or_else(|| marks.filter(|_| is(InternshipType::Training)).map(|(now, target)| vec![Skill { skill, now, target }]))
    });
    let stood = before.and_then(|purpose| purpose.prospect.clone());
    let prospect = match &rest.prospect {
        Given::Is(prospect) => position(prospect, first, last)?,
        Given::Null => None,
        Given::LeftOut if stood.is_none() && is(InternshipType::Recruitment) => {
            let unsaid = GivenProspect {
                position: None,
                weekly_hours: None,
                must_be_able_to: Given::LeftOut,
                decision_on: Given::LeftOut,
                commitment: None,
            };
            position(&unsaid, first, last)?
        }
        Given::LeftOut => stood,
    };
    Ok(Purpose { kind, questions, skills, prospect })
}

/// Without a decision date there is no position that could be stated.
fn position(prospect: &GivenProspect, first: NaiveDate, last: NaiveDate) -> Result<Option<Position>, ActionError> {
    let (title, demand) = (line("Medarbejder")?, line(DEMAND)?);
    Ok(prospect.decision_on.or(|| plus(last, -7).max(plus(first, 1)).min(last)).map(|decision_on| Position {
        position: prospect.position.clone().unwrap_or(title),
        weekly_hours: prospect.weekly_hours.unwrap_or_else(full_time),
        must_be_able_to: prospect.must_be_able_to.or(|| vec![demand]).unwrap_or_default(),
        decision_on,
        commitment: prospect.commitment.clone(),
    }))
}

/// The company's commitment in full: to its own words the loader adds position, hours, first day and condition.
///
/// # Errors
/// Words that are too long.
pub fn commitment(
    promise: &GivenCommitment,
    purpose: &Purpose,
    occupation: &Term,
    hours: &HoursPlan,
    to: NaiveDate,
) -> Result<Commitment, ActionError> {
    let words = match promise {
        GivenCommitment::Full(commitment) => return Ok(commitment.as_ref().clone()),
        GivenCommitment::Words(words) => words,
    };
    let prospect = purpose.prospect.as_ref();
    let planned = hours.steps().last().map_or_else(full_time, |step| step.weekly_hours);
    Ok(Commitment {
        position: prospect
            .map_or_else(|| line(&occupation_said(Lang::Da, occupation)), |position| Ok(position.position.clone()))?,
        weekly_hours: prospect.map_or(planned, |position| position.weekly_hours),
        latest_first_day: plus(to, 1),
        condition: prose("Borgeren kan løse de aftalte opgaver")?,
        words: Some(words.clone()),
    })
}
