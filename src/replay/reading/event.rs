//! Reads an event.

use crate::{
    domain::{
        internships::{
            follow_up::{Belief, SkillNow},
            internship::Ending,
            statements::Representative,
        },
        values::{
            localized::localized,
            text::{Line, Prose},
        },
    },
    replay::{
        format::{
            BookingEvent, CaseEvent, ChangeEvent, EndEvent, EventKind, FlagEvent, FollowUpEvent, GivenAccommodations,
            GivenNextStep, StartEvent,
        },
        reading::{
            fields::{Fields, ReadError},
            terms::{papers, reasons, rest},
        },
    },
};
use chrono::NaiveDate;
use serde_json::Value;

/// What a file can say of an opening: prospect, contact and keeper are rows, whose ids no file knows.
const OPENING: [&str; 10] =
    ["kind", "occupation", "tasks", "hours", "times", "languages", "accommodations", "from", "places", "words"];

/// An event, with those of the case that stand before it.
pub(super) fn event(fields: &Fields, earlier: &[CaseEvent]) -> Result<CaseEvent, ReadError> {
    let (on, done) = (fields.must::<NaiveDate>("on")?, fields.name("do")?);
    let fields = &Fields { map: fields.map, place: format!("{} ({done} on {on})", fields.place) };
    let what = if done == "in-error" { in_error(fields, earlier)? } else { what(fields, &done)? };
    Ok(CaseEvent { on, what, dry_run: fields.is_true("dry_run")? })
}

fn in_error(fields: &Fields, earlier: &[CaseEvent]) -> Result<EventKind, ReadError> {
    let number = fields.map.get("event").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let found = number.and_then(|number| Some((number, earlier.get(number.checked_sub(1)?)?)));
    let Some((number, event)) = found else {
        return fields.wrong("event", "must be the number of an earlier event of the case, from 1");
    };
    Ok(EventKind::InError { number, event: Box::new(event.clone()), reason: fields.may("reason")? })
}

fn what(fields: &Fields, done: &str) -> Result<EventKind, ReadError> {
    let internship = || fields.name("internship");
    Ok(match done {
        "book" => EventKind::Book(Box::new(BookingEvent {
            internship: internship()?,
            company: fields.name("company")?,
            kind: fields.must("type")?,
            start: fields.must("start")?,
            end: fields.must("end")?,
            rest: rest(fields)?,
            road: fields.may("road")?,
            start_left_out: fields.may("start_recorded")? == Some(false),
            new_function: fields.may("new_function")?,
            reasons: reasons(fields)?,
            papers: papers(fields)?,
        })),
        "start" => start(fields)?,
        "change" => EventKind::Change(Box::new(ChangeEvent {
            internship: internship()?,
            company: fields.may_name("company")?,
            kind: fields.may("type")?,
            start: fields.may("start")?,
            end: fields.may("end")?,
            rest: rest(fields)?,
            new_function: fields.may("new_function")?,
            reasons: reasons(fields)?,
        })),
        "confirm" => EventKind::Confirm { internship: internship()?, by: fields.must("by")? },
        "object" => EventKind::Object { internship: internship()?, by: fields.must("by")?, text: fields.may("text")? },
        "next-step" => EventKind::NextStep { internship: internship()?, text: fields.may("text")? },
        "pause" => EventKind::Pause {
            internship: internship()?,
            kind: fields.must("kind")?,
            from: fields.must("from")?,
            to: fields.may("to")?,
        },
        "closure" => EventKind::Closure { company: fields.name("company")?, from: fields.must("from")?, to: fields.must("to")? },
        "withdraw-version" => EventKind::WithdrawVersion { internship: internship()? },
        "extend" => EventKind::Extend { internship: internship()?, to: fields.must("to")?, papers: papers(fields)? },
        "end" => EventKind::End(Box::new(end(fields)?)),
        "outcome" => outcome(fields)?,
        "company-answers" => {
            EventKind::CompanyAnswers { internship: internship()?, answer: fields.must("answer")?, text: fields.given("text")? }
        }
        "job" => EventKind::Job { outcome: fields.may("outcome")?, step: next_step(fields)? },
        "cancel" => EventKind::Cancel { internship: internship()?, reason: fields.may("reason")? },
        "staff" => EventKind::Staff {
            company: fields.name("company")?,
            month: fields.month("month", fields.map.get("month").unwrap_or(&Value::Null))?,
            ordinary_fte: fields.must("ordinary_fte")?,
        },
        "acknowledge" => EventKind::Acknowledge(handling(fields)?),
        "snooze" => EventKind::Snooze { handling: handling(fields)?, until: fields.may("until")? },
        "leave" => EventKind::Leave { how: fields.must("how")? },
        "offer" => EventKind::Offer {
            company: fields.name("company")?,
            opening: Box::new(fields.must_form("opening", &OPENING, &["tasks"])?),
        },
        "foresee" => EventKind::Foresee {
            company: fields.name("company")?,
            prospect: Box::new(fields.must_form("prospect", &["position", "weekly_hours", "from", "condition", "words"], &[])?),
        },
        "plan" => EventKind::Plan {
            step: Box::new(fields.must_form("step", &["kind", "words", "expected_on", "done_on", "phase"], &[])?),
        },
        "schedule-off" => EventKind::ScheduleOff,
        "schedule-on" => EventKind::ScheduleOn,
        "nothing" => EventKind::Nothing { note: fields.may("note")? },
        "follow-up" => EventKind::FollowUp(Box::new(follow_up(fields)?)),
        "retention" => EventKind::Retention { of: fields.name("of")?, held: fields.may::<bool>("held")?.unwrap_or(true) },
        "prospect-withdrawn" => EventKind::ProspectWithdrawn { internship: internship()? },
        "change-consultant" => {
            EventKind::ChangeConsultant { handover: fields.given("handover")?, read_on: fields.given("read_on")? }
        }
        _ => return fields.wrong("do", "is none of the events of a course file"),
    })
}

fn end(fields: &Fields) -> Result<EndEvent, ReadError> {
    Ok(EndEvent {
        internship: fields.name("internship")?,
        outcome: fields.must("outcome")?,
        step: next_step(fields)?,
        last_day: fields.may("last_day")?,
        by: fields.may("by")?,
        note: fields.may("note")?,
    })
}

/// What an internship led to later; some of it is no step that an action records.
fn outcome(fields: &Fields) -> Result<EventKind, ReadError> {
    let (of, outcome) = (fields.name("of")?, fields.must::<Ending>("outcome")?);
    Ok(match outcome.step() {
        Some(outcome) => EventKind::Outcome { of, outcome, step: next_step(fields)? },
        None => {
            let label = outcome.label();
            let text = localized(format!("Efter »{of}«: {}", label.da), format!("After »{of}«: {}", label.en));
            EventKind::NotPlayed { what: "outcome", text }
        }
    })
}

fn follow_up(fields: &Fields) -> Result<FollowUpEvent, ReadError> {
    let answers = fields.may_as("answers", |value| {
        // A list of answers in the order of the questions, or of questions with their answers; or by question.
        let words = |value: &Value| fields.value::<Prose>("answers", value).map(Some);
        let question = |text: &str| fields.value::<Line>("answers", &Value::String(text.to_owned())).map(Some);
        if let Some(map) = value.as_object() {
            return map.iter().map(|(name, answer)| Ok((question(name)?, words(answer)?))).collect();
        }
        let one = |value: &Value| match value.as_object() {
            Some(_) => {
                let inner = Fields::of(value, format!("{}: answers", fields.place))?;
                Ok((inner.may("question")?, inner.may("answer")?))
            }
            None => Ok((None, words(value)?)),
        };
        fields.array("answers", value)?.iter().map(one).collect::<Result<Vec<_>, ReadError>>()
    })?;
    Ok(FollowUpEvent {
        internship: fields.name("internship")?,
        phase: fields.may("phase")?,
        motivation: fields.may("motivation")?,
        belief: fields.may_as("belief", |value| fields.form::<Belief>("belief", value, &["citizen", "consultant"], &[]))?,
        accommodations_kept: fields.may("accommodations_kept")?,
        skills: fields.may_as("skills", |value| fields.forms::<SkillNow>("skills", value, &["skill", "now"], &[]))?,
        answers,
        company_words: fields.may("company_words")?,
        citizen_words: fields.may("citizen_words")?,
        days_absent: fields.may("days_absent")?,
        belonging: fields.may("belonging")?,
        colleagues: fields.may("colleagues")?,
        heard: fields.may("heard")?,
    })
}

fn start(fields: &Fields) -> Result<EventKind, ReadError> {
    let word = |name: &'static str| {
        move |value: &Value| value.as_str().map_or_else(|| fields.wrong(name, "must be a word"), |word| Ok(word.to_owned()))
    };
    let accommodations = fields.given_as("accommodations", |value| match word("accommodations")(value)?.as_str() {
        "agreed" => Ok(GivenAccommodations::Agreed),
        "none-needed" => Ok(GivenAccommodations::NoneNeeded),
        _ => fields.wrong("accommodations", "must be agreed, none-needed or null"),
    })?;
    let representative = fields.given_as("representative", |value| match word("representative")(value)?.as_str() {
        "stated" => Ok((Representative::Unit, true)),
        "not-met" => Ok((Representative::Unit, false)),
        "none-required" => Ok((Representative::NoneRequired, true)),
        _ => fields.wrong("representative", "must be stated, not-met, none-required or null"),
    })?;
    Ok(EventKind::Start(StartEvent {
        internship: fields.name("internship")?,
        confirmed_by: fields.given("confirmed_by")?,
        accommodations,
        contact_person: fields.given("contact_person")?,
        representative,
        decision_reasons: fields.given("decision_reasons")?,
        first_day: fields.may("first_day")?,
        late_reason: fields.may("late_reason")?,
    }))
}

fn next_step(fields: &Fields) -> Result<GivenNextStep, ReadError> {
    Ok(GivenNextStep {
        first_day: fields.given("first_day")?,
        weekly_hours: fields.given("weekly_hours")?,
        until: fields.may("until")?,
        employer: fields.may("employer")?,
    })
}

fn handling(fields: &Fields) -> Result<FlagEvent, ReadError> {
    Ok(FlagEvent {
        flag: fields.name("flag")?,
        about: fields.may_name("about")?,
        reason: fields.may("reason")?,
        by: fields.may_name("by")?,
    })
}
