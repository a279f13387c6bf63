//! Rows as values of the domain.

use crate::{
    crypto::Keys,
    domain::{
        companies::{
            closed_days::ClosedDays,
            prospect::{self, ProspectDays},
        },
        internships::{
            alignment::{Confirmation, Decided, Objection, Version},
            follow_up::{FollowUp, Held},
            in_error::InError,
            internship::{Accommodation, Agreement, Answer, Ended, Internship, StartRecord, WithdrawnVersion},
            meeting::Meeting,
            outcome::{Outcome, RetentionCheck},
            pause::Pause,
        },
        people::{consultant_change::ConsultantChange, step::CourseStep},
        values::{
            day::Period,
            ids::InternshipId,
            text::{Line, WeeklyHours},
        },
    },
    store::{courses::parts::Parts, db::error::StoreError, schema::*, sealed, values::whole},
};
use chrono::NaiveDate;

pub(super) fn version(row: &VersionRow, parts: &Parts, keys: &Keys) -> Result<Version, StoreError> {
    let same = |id: &InternshipId, number: i32| *id == row.internship_id && number == row.number;
    let confirmations =
        parts.confirmations.iter().filter(|other| same(&other.internship_id, other.number) && other.hash == row.hash);
    let objections = parts.objections.iter().filter(|other| same(&other.internship_id, other.number));
    let key = sealed::version_key(&row.internship_id, row.number);
    let papers = row.papers.as_ref().map(|text| sealed::VERSION_PAPERS.open(keys, &key, text));
    let asked = row.asked.as_ref().map(|text| sealed::VERSION_ASKED.open(keys, &key, text));
    Ok(Version {
        number: row.number,
        terms: sealed::open_terms(keys, row)?,
        hash: row.hash.clone(),
        cause: row.cause,
        papers: papers.transpose()?,
        asked: asked.transpose()?,
        made_on: row.made_on,
        decided: Decided::recorded(row.needs_decision, row.decided_on),
        decision: sealed::VERSION_DECISION.open_some(keys, &key, row.decision.as_ref())?,
        confirmations: confirmations
            .map(|row| -> Result<Confirmation, StoreError> {
                let key = sealed::confirmation_key(&row.internship_id, row.number, row.party);
                let given_by = sealed::CONFIRMATION_GIVER.open_some(keys, key, row.given_by.as_ref())?;
                Ok(Confirmation { party: row.party, via: row.via, on: row.confirmed_on, given_by })
            })
            .collect::<Result<_, _>>()?,
        objections: objections
            .map(|row| -> Result<Objection, StoreError> {
                let because = row.withdrawal_sealed.as_ref().map(|text| sealed::OBJECTION_WITHDRAWAL.open(keys, &row.id, text));
                Ok(Objection {
                    id: row.id.clone(),
                    party: row.party,
                    words: sealed::OBJECTION_WORDS.open(keys, &row.id, &row.words)?,
                    on: row.raised_on,
                    withdrawn_on: row.withdrawn_on,
                    given_by: sealed::OBJECTION_GIVER.open_some(keys, &row.id, row.given_by.as_ref())?,
                    via: row.via,
                    withdrawn_via: row.withdrawn_via,
                    withdrawn_because: because.transpose()?,
                })
            })
            .collect::<Result<_, _>>()?,
    })
}

pub(super) fn internship(row: InternshipRow, parts: &Parts, keys: &Keys) -> Result<Internship, StoreError> {
    let prospect_gone_on = prospect_gone_on(&row, parts);
    let own = || parts.versions.iter().filter(|version| version.internship_id == row.id);
    let mut versions = own().filter(|row| row.withdrawn_on.is_none()).map(|row| version(row, parts, keys));
    let first = whole(versions.next(), "an internship without a version")??;
    let later = versions.collect::<Result<_, _>>()?;
    let withdrawn = own()
        .filter_map(|row| Some((row, row.withdrawn_on?)))
        .map(|(row, on)| {
            let key = sealed::version_key(&row.internship_id, row.number);
            let reason = sealed::WITHDRAWN_BECAUSE.open_some(keys, key, row.withdrawn_because.as_ref())?.unwrap_or_default();
            Ok(WithdrawnVersion { version: version(row, parts, keys)?, on, reason })
        })
        .collect::<Result<_, StoreError>>()?;
    let start_reasons = sealed::START_REASONS.open_some(keys, &row.id, row.start_reasons.as_ref())?;
    let start = row.start_recorded_on.map(|recorded_on| StartRecord {
        recorded_on,
        reasons: start_reasons,
        before_gate: row.start_approved_by.is_some(),
    });
    let items = parts.accommodations.iter().filter(|item| item.internship_id == row.id);
    let accommodations = items.map(|item| accommodation(item, parts, keys)).collect::<Result<_, _>>()?;
    let answers = parts.answers.iter().filter(|answer| answer.internship_id == row.id);
    let (answers, answers_in_error) =
        InError::part(answers.map(|row| Ok((answer(row, keys)?, row.in_error_on))).collect::<Result<Vec<_>, StoreError>>()?);
    let contact_name = parts.contacts.iter().find(|(id, _)| Some(id) == row.contact_id.as_ref()).map(|(_, name)| name.clone());
    let ended = match (row.last_day, row.ending, row.end_recorded_on) {
        (Some(last_day), Some(how), Some(recorded_on)) => {
            let note = sealed::END_NOTE.open_some(keys, &row.id, row.end_note.as_ref())?;
            Some(Ended { last_day, how, by: row.ended_by, note, recorded_on })
        }
        _ => None,
    };
    let follow_ups = parts.follow_ups.iter().filter(|follow_up| follow_up.internship_id == row.id);
    let follow_ups = follow_ups.map(|row| Ok((follow_up(row, keys)?, row.in_error_on)));
    let (follow_ups, follow_ups_in_error) = InError::part(follow_ups.collect::<Result<Vec<_>, StoreError>>()?);
    let pauses = parts.pauses.iter().filter(|pause| pause.internship_id == row.id);
    let pauses = pauses.map(|row| Ok((pause(row, keys)?, row.in_error_on)));
    let (pauses, pauses_in_error) = InError::part(pauses.collect::<Result<Vec<_>, StoreError>>()?);
    let closures = parts.closures.iter().filter(|closure| closure.workplace_id == row.workplace_id);
    let closures = closures.filter_map(|row| Some((closed(row)?, row.in_error_on)));
    let (closures, closures_in_error) = InError::part(closures);
    let met = parts.meetings.iter().find(|meeting| meeting.internship_id == row.id).map(meeting).transpose()?;
    let employer_statement = parts.employer_statements.iter().find(|own| own.internship_id == row.id);
    let employer_statement = employer_statement.map(|own| sealed::EMPLOYER_STATEMENT.open(keys, &row.id, &own.sealed));
    Ok(Internship {
        employer_statement: employer_statement.transpose()?,
        meeting: met,
        follow_ups,
        follow_ups_in_error,
        pauses,
        pauses_in_error,
        closures,
        closures_in_error,
        prospect_gone_on,
        // Whoever tells people of it asks: `actions::flags::reach`.
        unreachable: Vec::new(),
        answers,
        answers_in_error,
        new_function: sealed::NEW_FUNCTION.open_some(keys, &row.id, row.new_function.as_ref())?,
        statement: sealed::STATEMENT.open_some(keys, &row.id, row.statement.as_ref())?,
        decision: sealed::DECISION.open_some(keys, &row.id, row.decision.as_ref())?,
        next_step: sealed::NEXT_STEP.open_some(keys, &row.id, row.next_step.as_ref())?,
        id: row.id,
        reference: row.reference,
        booked_on: row.booked_on,
        road: row.road,
        first,
        later,
        withdrawn,
        accommodations,
        none_needed: row.none_needed_on,
        contact: row.contact_id,
        contact_name,
        contact_named_on: row.contact_named_on,
        started_on: row.started_on,
        start,
        ended,
        cancelled_on: row.cancelled_on,
    })
}

fn answer(row: &AnswerRow, keys: &Keys) -> Result<Answer, StoreError> {
    Ok(Answer {
        id: row.id.clone(),
        answer: row.answer,
        words: sealed::ANSWER_WORDS.open_some(keys, &row.id, row.words.as_ref())?,
        on: row.answered_on,
        decision_on: row.decision_on,
        given_by: sealed::ANSWER_GIVER.open_some(keys, &row.id, row.given_by.as_ref())?,
        first_day: row.first_on,
        weekly_hours: row.weekly_minutes.map(WeeklyHours::from_minutes),
    })
}

fn accommodation(item: &AccommodationRow, parts: &Parts, keys: &Keys) -> Result<Accommodation, StoreError> {
    let agreements = parts.agreements.iter().filter(|agreement| agreement.accommodation_id == item.id);
    Ok(Accommodation {
        id: item.id.clone(),
        need: item.need_id.clone(),
        function: sealed::ACCOMMODATION.open(keys, &item.id, &item.sealed)?,
        agreements: agreements.map(|row| Agreement { party: row.party, via: row.via, on: row.agreed_on }).collect(),
    })
}

/// A follow-up, with what was said at it.
pub fn follow_up(row: &FollowUpRow, keys: &Keys) -> Result<FollowUp, StoreError> {
    let held = match (row.held_on, row.recorded_on, &row.sealed) {
        (Some(on), Some(recorded_on), Some(text)) => {
            Some(Held { on, recorded_on, record: sealed::FOLLOW_UP.open(keys, &row.id, text)? })
        }
        _ => None,
    };
    Ok(FollowUp {
        id: row.id.clone(),
        internship: row.internship_id.clone(),
        kind: row.kind,
        planned_on: row.planned_on,
        due_on: row.due_on,
        at: row.at_time.clone(),
        place: row.place.clone(),
        held,
        cancelled_on: row.cancelled_on,
    })
}

fn meeting(row: &MeetingRow) -> Result<Meeting, StoreError> {
    let line =
        |text: &Option<String>| text.as_deref().map(|text| whole(Line::parse(text).ok(), "a line of a meeting")).transpose();
    Ok(Meeting { at: row.at_time.clone(), place: line(&row.place)?, ask_for: line(&row.ask_for)? })
}

/// A pause, with its kind opened.
pub fn pause(row: &PauseRow, keys: &Keys) -> Result<Pause, StoreError> {
    Ok(Pause {
        id: row.id.clone(),
        kind: sealed::PAUSE.open(keys, &row.id, &row.sealed)?,
        from: row.from_on,
        to: row.to_on,
        to_recorded_on: row.to_recorded_on,
        recorded_on: row.recorded_on,
    })
}

fn closed(row: &ClosureRow) -> Option<ClosedDays> {
    Some(ClosedDays { days: Period::new(row.from_on, row.to_on)?, recorded_on: row.recorded_on })
}

/// Since when the prospect of a running or booked internship has gone. Of an ended one nobody asks.
fn prospect_gone_on(row: &InternshipRow, parts: &Parts) -> Option<NaiveDate> {
    if row.last_day.is_some() {
        return None;
    }
    let there = parts.prospects.iter().filter(|prospect| prospect.workplace_id == row.workplace_id);
    let there = there.map(|own| ProspectDays { recorded_on: own.recorded_on, withdrawn_on: own.withdrawn_on });
    let foresees = parts.foresees.iter().find(|(id, _)| *id == row.workplace_id).and_then(|(_, foresees)| *foresees);
    prospect::gone_on(row.prospect_gone_on, row.booked_on, &there.collect::<Vec<_>>(), foresees)
}

pub(super) fn change(row: ConsultantChangeRow) -> ConsultantChange {
    ConsultantChange {
        id: row.id,
        from: row.from_id,
        to: row.to_id,
        on: row.changed_on,
        handed_over_on: row.handed_over_on,
        read_on: row.read_on,
        wished_by_citizen: row.wished_by_citizen,
    }
}

/// An outcome with the checks made of it.
pub fn outcome(row: OutcomeRow, checks: &[RetentionCheckRow], keys: &Keys) -> Result<Outcome, StoreError> {
    let own = checks.iter().filter(|check| check.outcome_id == row.id).map(|check| RetentionCheck {
        id: check.id.clone(),
        on: check.held_on,
        holds: check.holds,
        recorded_on: check.recorded_on,
    });
    let checks = own.collect();
    Ok(Outcome {
        next_step: sealed::OUTCOME_NEXT_STEP.open_some(keys, &row.id, row.next_step.as_ref())?,
        checks,
        id: row.id,
        from: row.internship_id,
        step: row.step,
        workplace: row.workplace_id,
        employer: row.employer,
        first_day: row.first_day,
        weekly_hours: row.weekly_minutes.map(WeeklyHours::from_minutes),
        until: row.until_on,
        recorded_on: row.recorded_on,
        ended_on: row.ended_on,
    })
}

/// A step, with the phase that was seen.
pub(super) fn step(row: StepRow, keys: &Keys) -> Result<CourseStep, StoreError> {
    let phase = sealed::STEP.open(keys, &row.id, &row.sealed)?.phase;
    Ok(CourseStep {
        id: row.id,
        kind: row.kind,
        expected_on: row.expected_on,
        done_on: row.done_on,
        done_recorded_on: row.done_recorded_on,
        cancelled_on: row.cancelled_on,
        phase,
        recorded_on: row.recorded_on,
    })
}
