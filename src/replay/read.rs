//! Reads a course file. Whatever does not fit is said with the case, the event and the field it stands in; fields that
//! nobody knows are let be, since more kinds of files than ours are fed to it.

use crate::{
    actions::companies::staff::PlacedGroup,
    domain::{
        input::{self, Field},
        internships::{
            alignment::Commitment,
            follow_up::{Belief, SkillNow},
            internship::{Ending, Representative},
            purpose::Skill,
        },
        people::citizen::{Goal, NeedFacts},
        values::{
            hours::{HoursPlan, HoursStep},
            month::Month,
            target_group::TargetGroup,
            text::{FullTime, Line, Prose, WeeklyHours},
        },
    },
    replay::format::{
        Accommodated, AskReasons, Book, Case, Change, Claim, Company, CourseFile, Event, Expectation, FollowUp, Given, Handling,
        Hours, NextStep, Papers, Person, Promise, Prospect, Rest, Start, What, Workplace,
    },
};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use thiserror::Error;

/// What does not fit in a course file, with case, event and field.
#[derive(Debug, Error)]
pub enum ReadError {
    #[error("the course file is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("the course file has no cases")]
    NoCases,
    #[error("{0}: must be an object")]
    NotAnObject(String),
    #[error("{0}: must have one of flag, cleared, refused, asked, never, letters")]
    Expectation(String),
    #[error("{place}: {field}: {why}")]
    Field { place: String, field: String, why: String },
}

/// Reads a file.
///
/// # Errors
/// What does not fit, in words that name case, event and field.
pub fn read(text: &str) -> Result<CourseFile, ReadError> {
    let file: Value = serde_json::from_str(text)?;
    let fields = Fields::of(&file, "the course file".into())?;
    let cases = fields.list("cases", case)?;
    if cases.is_empty() { Err(ReadError::NoCases) } else { Ok(CourseFile { cases }) }
}

/// An object with where it stands, for what is said when a field does not fit.
struct Fields<'a> {
    map: &'a Map<String, Value>,
    place: String,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Value, place: String) -> Result<Self, ReadError> {
        match value.as_object() {
            Some(map) => Ok(Self { map, place }),
            None => Err(ReadError::NotAnObject(place)),
        }
    }

    fn wrong<T>(&self, name: &str, why: impl std::fmt::Display) -> Result<T, ReadError> {
        Err(ReadError::Field { place: self.place.clone(), field: name.to_owned(), why: why.to_string() })
    }

    fn value<T: Field>(&self, name: &str, value: &Value) -> Result<T, ReadError> {
        input::read::<T>(value).or_else(|faults| {
            let said: Vec<String> =
                faults.0.iter().map(|(at, fault)| format!("{} {}", at.as_str(), fault.message.en).trim().to_owned()).collect();
            self.wrong(name, said.join(" "))
        })
    }

    fn given<T: Field>(&self, name: &str) -> Result<Given<T>, ReadError> {
        self.given_as(name, |value| self.value(name, value))
    }

    fn given_as<T>(&self, name: &str, read: impl FnOnce(&'a Value) -> Result<T, ReadError>) -> Result<Given<T>, ReadError> {
        match self.map.get(name) {
            None => Ok(Given::LeftOut),
            Some(Value::Null) => Ok(Given::Null),
            Some(value) => read(value).map(Given::Is),
        }
    }

    /// A field that may be left out or `null`.
    fn may<T: Field>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.may_as(name, |value| self.value(name, value))
    }

    fn may_as<T>(&self, name: &str, read: impl FnOnce(&'a Value) -> Result<T, ReadError>) -> Result<Option<T>, ReadError> {
        match self.given_as(name, read)? {
            Given::Is(value) => Ok(Some(value)),
            Given::LeftOut | Given::Null => Ok(None),
        }
    }

    fn must<T: Field>(&self, name: &str) -> Result<T, ReadError> {
        match self.may(name)? {
            Some(value) => Ok(value),
            None => self.wrong(name, "is required"),
        }
    }

    fn name(&self, name: &str) -> Result<String, ReadError> {
        Ok(self.must::<Line>(name)?.to_string())
    }

    fn may_name(&self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.may::<Line>(name)?.map(|line| line.to_string()))
    }

    fn is_true(&self, name: &str) -> Result<bool, ReadError> {
        Ok(self.may::<bool>(name)?.unwrap_or_default())
    }

    /// A list, each entry with its number from 1; left out or `null`: empty.
    fn list<T>(&self, name: &str, read: impl Fn(&'a Value, usize) -> Result<T, ReadError>) -> Result<Vec<T>, ReadError> {
        let list = self.may_as(name, |value| self.array(name, value))?.map(Vec::as_slice).unwrap_or_default();
        list.iter().enumerate().map(|(index, value)| read(value, index + 1)).collect()
    }

    fn array(&self, name: &str, value: &'a Value) -> Result<&'a Vec<Value>, ReadError> {
        value.as_array().map_or_else(|| self.wrong(name, "must be a list"), Ok)
    }

    /// A form, of which the file may hold more than we know.
    fn form<T: Field>(&self, name: &str, value: &Value, known: &[&str], empty_lists: &[&str]) -> Result<T, ReadError> {
        let Some(map) = value.as_object() else { return self.wrong(name, "must be an object") };
        let mut kept: Map<String, Value> = map
            .iter()
            .filter(|(field, _)| known.contains(&field.as_str()))
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect();
        for list in empty_lists {
            if kept.get(*list).is_none_or(Value::is_null) {
                kept.insert((*list).to_owned(), Value::Array(Vec::new()));
            }
        }
        self.value(name, &Value::Object(kept))
    }

    fn forms<T: Field>(&self, name: &str, value: &'a Value, known: &[&str], empty_lists: &[&str]) -> Result<Vec<T>, ReadError> {
        self.array(name, value)?.iter().map(|value| self.form(name, value, known, empty_lists)).collect()
    }

    /// A pair written as a list of two.
    fn pair(&self, name: &str, value: &'a Value) -> Result<(&'a Value, &'a Value), ReadError> {
        match self.array(name, value)?.as_slice() {
            [one, other] => Ok((one, other)),
            _ => self.wrong(name, "each entry must be a list of two"),
        }
    }

    fn month(&self, name: &str, value: &Value) -> Result<Month, ReadError> {
        let month = value.as_str().and_then(Month::parse);
        month.map_or_else(|| self.wrong(name, "the month must be written 2013-01"), Ok)
    }
}

fn case(value: &Value, index: usize) -> Result<Case, ReadError> {
    let fields = Fields::of(value, format!("case {index}"))?;
    let name = fields.name("case")?;
    let fields = Fields { place: format!("case {name}"), ..fields };
    let Some(person) = fields.map.get("citizen") else { return fields.wrong("citizen", "is required") };
    let inside = |what: &str, number: usize| format!("{}, {what} {number}", fields.place);
    Ok(Case {
        about: fields.map.get("about").and_then(Value::as_str).map(ToOwned::to_owned),
        citizen: citizen(&Fields::of(person, format!("case {name}, citizen"))?)?,
        companies: fields.list("companies", |value, number| company(&Fields::of(value, inside("company", number))?))?,
        follow_ups_as_given: fields.may_name("follow_ups")?.as_deref() == Some("as-given"),
        events: fields.list("events", |value, number| event(&Fields::of(value, inside("event", number))?))?,
        expected: fields.list("expected", |value, number| expectation(value, inside("expectation", number)))?,
        name,
    })
}

fn citizen(fields: &Fields) -> Result<Person, ReadError> {
    let group = match fields.map.get("target_group") {
        Some(Value::Number(number)) => fields.value::<TargetGroup>("target_group", &Value::String(number.to_string()))?,
        _ => fields.must("target_group")?,
    };
    let full_time = || WeeklyHours::from_minutes(37 * 60);
    Ok(Person {
        cpr: fields.must("cpr")?,
        name: fields.must("name")?,
        target_group: group,
        job_ready: fields.may("job_ready")?,
        in_employment: fields.may("in_employment")?,
        goals: fields
            .may_as("goals", |value| fields.forms::<Goal>("goals", value, &["own_words", "occupations"], &["occupations"]))?
            .unwrap_or_default(),
        hours_capacity: fields.may("hours_capacity")?.unwrap_or_else(full_time),
        needs: fields
            .may_as("needs", |value| {
                fields.forms::<NeedFacts>("needs", value, &["kind", "function", "rules_out"], &["rules_out"])
            })?
            .unwrap_or_default(),
        mentor: fields.may("mentor")?,
        latest_employer: fields.may("latest_employer")?,
    })
}

fn company(fields: &Fields) -> Result<Company, ReadError> {
    let own = fields.may_name("ref")?;
    let name: Line = fields.must("name")?;
    let staff = |fields: &Fields| {
        fields.list("ordinary_fte", |value, _| {
            let (month, figure) = fields.pair("ordinary_fte", value)?;
            Ok((fields.month("ordinary_fte", month)?, fields.value::<FullTime>("ordinary_fte", figure)?))
        })
    };
    let mut workplaces = fields.list("workplaces", |value, number| {
        let inner = Fields::of(value, format!("{}, workplace {number}", fields.place))?;
        Ok(Workplace {
            refs: inner.may_name("ref")?.into_iter().chain(own.clone()).collect(),
            p_number: inner.must("p_number")?,
            name: inner.may("name")?.unwrap_or_else(|| name.clone()),
            ordinary_fte: staff(&inner)?,
        })
    })?;
    if workplaces.is_empty() {
        workplaces.push(Workplace {
            refs: own.into_iter().collect(),
            p_number: fields.must("p_number")?,
            name: name.clone(),
            ordinary_fte: staff(fields)?,
        });
    }
    Ok(Company {
        cvr: fields.must("cvr")?,
        name,
        industry: fields.may("industry")?,
        workplaces,
        foresees_vacancy: fields.may("foresees_vacancy")?,
        others: fields.list("supported_by_others", |value, number| {
            let inner = Fields::of(value, format!("{}, supported_by_others {number}", fields.place))?;
            Ok((inner.must("as_of")?, PlacedGroup { persons: inner.must("count")?, weekly_hours: inner.must("hours")? }))
        })?,
    })
}

fn event(fields: &Fields) -> Result<Event, ReadError> {
    let (on, done) = (fields.must::<NaiveDate>("on")?, fields.name("do")?);
    let fields = &Fields { map: fields.map, place: format!("{} ({done} on {on})", fields.place) };
    Ok(Event { on, what: what(fields, &done)?, dry_run: fields.is_true("dry_run")? })
}

fn what(fields: &Fields, done: &str) -> Result<What, ReadError> {
    let internship = || fields.name("internship");
    Ok(match done {
        "book" => What::Book(Box::new(Book {
            internship: internship()?,
            company: fields.name("company")?,
            kind: fields.must("type")?,
            start: fields.must("start")?,
            end: fields.must("end")?,
            rest: rest(fields)?,
            road: fields.may("road")?,
            new_function: fields.may("new_function")?,
            reasons: reasons(fields)?,
            papers: papers(fields)?,
        })),
        "start" => start(fields)?,
        "change" => What::Change(Box::new(Change {
            internship: internship()?,
            company: fields.may_name("company")?,
            kind: fields.may("type")?,
            start: fields.may("start")?,
            end: fields.may("end")?,
            rest: rest(fields)?,
            new_function: fields.may("new_function")?,
            reasons: reasons(fields)?,
        })),
        "confirm" => What::Confirm { internship: internship()?, by: fields.must("by")? },
        "object" => What::Object { internship: internship()?, by: fields.must("by")?, text: fields.may("text")? },
        "extend" => What::Extend { internship: internship()?, to: fields.must("to")?, papers: papers(fields)? },
        "end" => What::End {
            internship: internship()?,
            outcome: fields.must("outcome")?,
            step: next_step(fields)?,
            last_day: fields.may("last_day")?,
            by: fields.may("by")?,
            note: fields.may("note")?,
        },
        "outcome" => {
            let (of, outcome) = (fields.name("of")?, fields.must::<Ending>("outcome")?);
            match outcome.step() {
                Some(outcome) => What::Outcome { of, outcome, step: next_step(fields)? },
                None => What::NotPlayed { what: "outcome", text: format!("Efter »{of}«: {}", outcome.label().da) },
            }
        }
        "company-answers" => {
            What::CompanyAnswers { internship: internship()?, answer: fields.must("answer")?, text: fields.given("text")? }
        }
        "job" => What::Job { outcome: fields.may("outcome")?, step: next_step(fields)? },
        "cancel" => What::Cancel { internship: internship()?, reason: fields.may("reason")? },
        "staff" => What::Staff {
            company: fields.name("company")?,
            month: fields.month("month", fields.map.get("month").unwrap_or(&Value::Null))?,
            ordinary_fte: fields.must("ordinary_fte")?,
        },
        "acknowledge" => What::Acknowledge(handling(fields)?),
        "snooze" => What::Snooze { handling: handling(fields)?, until: fields.may("until")? },
        "schedule-off" => What::ScheduleOff,
        "schedule-on" => What::ScheduleOn,
        "nothing" => What::Nothing { note: fields.may("note")? },
        "follow-up" => What::FollowUp(Box::new(follow_up(fields)?)),
        "retention" => What::Retention { of: fields.name("of")?, held: fields.may::<bool>("held")?.unwrap_or(true) },
        "prospect-withdrawn" => What::ProspectWithdrawn { internship: internship()? },
        "change-consultant" => What::ChangeConsultant { handover: fields.given("handover")?, read_on: fields.given("read_on")? },
        _ => return fields.wrong("do", "is none of the events of a course file"),
    })
}

fn follow_up(fields: &Fields) -> Result<FollowUp, ReadError> {
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
    Ok(FollowUp {
        internship: fields.name("internship")?,
        phase: fields.may("phase")?,
        motivation: fields.may("motivation")?,
        belief: fields.may_as("belief", |value| fields.form::<Belief>("belief", value, &["citizen", "consultant"], &[]))?,
        accommodations_kept: fields.may("accommodations_kept")?,
        skills: fields.may_as("skills", |value| fields.forms::<SkillNow>("skills", value, &["skill", "now"], &[]))?,
        answers,
        company_words: fields.may("company_words")?,
        citizen_words: fields.may("citizen_words")?,
    })
}

fn rest(fields: &Fields) -> Result<Rest, ReadError> {
    let same = fields.may::<WeeklyHours>("hours")?.map(Hours::Same);
    let plan = fields.may_as("hours_plan", |value| {
        let step = |value| {
            let (from, hours) = fields.pair("hours_plan", value)?;
            Ok(HoursStep { from: fields.value("hours_plan", from)?, weekly_hours: fields.value("hours_plan", hours)? })
        };
        let steps: Vec<HoursStep> = fields.array("hours_plan", value)?.iter().map(step).collect::<Result<_, ReadError>>()?;
        HoursPlan::new(steps).map_or_else(|| fields.wrong("hours_plan", "each step must begin after the one before"), Ok)
    })?;
    let skills = fields.given_as("skills", |value| fields.forms::<Skill>("skills", value, &["skill", "now", "target"], &[]))?;
    Ok(Rest {
        occupation: fields.may("occupation")?,
        hours: plan.map(Hours::Plan).or(same),
        tasks: fields.may("tasks")?,
        questions: fields.given("questions")?,
        skills,
        prospect: fields.given_as("prospect", |value| {
            let inner = Fields::of(value, format!("{}: prospect", fields.place))?;
            Ok(Prospect {
                position: inner.may("position")?,
                weekly_hours: inner.may("weekly_hours")?,
                must_be_able_to: inner.given("must_be_able_to")?,
                decision_on: inner.given("decision_on")?,
                commitment: inner.may("commitment")?,
            })
        })?,
    })
}

fn reasons(fields: &Fields) -> Result<AskReasons, ReadError> {
    Ok(AskReasons {
        goal_mismatch: fields.may("goal_mismatch_reason")?,
        series: fields.may("series_reason")?,
        company_record: fields.may("company_record_reason")?,
        derailed: fields.may("derailed_reason")?,
    })
}

fn papers(fields: &Fields) -> Result<Papers, ReadError> {
    Ok(Papers {
        reason: fields.may("reason")?,
        hiring_decision_on: fields.may("hiring_decision_on")?,
        commitment: fields.may_as("commitment", |value| {
            if value.is_string() {
                return Ok(Promise::Words(fields.value("commitment", value)?));
            }
            let known = ["position", "weekly_hours", "latest_first_day", "condition", "words"];
            Ok(Promise::Full(Box::new(fields.form::<Commitment>("commitment", value, &known, &[])?)))
        })?,
        approved: fields.may_name("approved_by")?.as_deref() == Some("team-leader"),
        special_need: fields.may("special_need")?,
    })
}

fn start(fields: &Fields) -> Result<What, ReadError> {
    let word = |name: &'static str| {
        move |value: &Value| value.as_str().map_or_else(|| fields.wrong(name, "must be a word"), |word| Ok(word.to_owned()))
    };
    let accommodations = fields.given_as("accommodations", |value| match word("accommodations")(value)?.as_str() {
        "agreed" => Ok(Accommodated::Agreed),
        "none-needed" => Ok(Accommodated::NoneNeeded),
        _ => fields.wrong("accommodations", "must be agreed, none-needed or null"),
    })?;
    let representative = fields.given_as("representative", |value| match word("representative")(value)?.as_str() {
        "stated" => Ok((Representative::Unit, true)),
        "not-met" => Ok((Representative::Unit, false)),
        "none-required" => Ok((Representative::NoneRequired, true)),
        _ => fields.wrong("representative", "must be stated, not-met, none-required or null"),
    })?;
    Ok(What::Start(Start {
        internship: fields.name("internship")?,
        confirmed_by: fields.given("confirmed_by")?,
        accommodations,
        contact_person: fields.given("contact_person")?,
        representative,
        decision_reasons: fields.given("decision_reasons")?,
    }))
}

fn next_step(fields: &Fields) -> Result<NextStep, ReadError> {
    Ok(NextStep {
        first_day: fields.given("first_day")?,
        weekly_hours: fields.given("weekly_hours")?,
        until: fields.may("until")?,
        employer: fields.may("employer")?,
    })
}

fn handling(fields: &Fields) -> Result<Handling, ReadError> {
    Ok(Handling {
        flag: fields.name("flag")?,
        about: fields.may_name("about")?,
        reason: fields.may("reason")?,
        by: fields.may_name("by")?,
    })
}

fn expectation(value: &Value, place: String) -> Result<Expectation, ReadError> {
    let fields = &Fields::of(value, place)?;
    let has = |name: &str| fields.map.contains_key(name);
    let about = || fields.may_name("about");
    let claim = if has("flag") {
        Claim::Flag {
            rule: fields.name("flag")?,
            about: about()?,
            level: fields.may("level")?,
            by: fields.may("by")?,
            not_before: fields.may("not_before")?,
            told: words(fields, "told")?.unwrap_or_default(),
        }
    } else if has("cleared") {
        Claim::Cleared { rule: fields.name("cleared")?, about: about()?, by: fields.may("by")? }
    } else if has("refused") || has("asked") {
        let name = if has("asked") { "asked" } else { "refused" };
        Claim::Refused {
            rule: fields.name(name)?,
            asked: has("asked"),
            on: fields.may("on")?,
            missing: words(fields, "missing")?,
        }
    } else if has("never") {
        Claim::Never { rule: fields.name("never")?, about: about()? }
    } else if let Some(letters) = fields.map.get("letters") {
        let inner = Fields::of(letters, format!("{}: letters", fields.place))?;
        let count = inner.map.get("count").and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let Some(count) = count else { return inner.wrong("count", "must be a whole number") };
        Claim::Letters { to: inner.may_name("to")?, rule: inner.may_name("rule")?, count }
    } else {
        return Err(ReadError::Expectation(fields.place.clone()));
    };
    let why = fields.map.get("why").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Expectation { claim, why, given: value.clone() })
}

/// A word or a list of words.
fn words(fields: &Fields, name: &str) -> Result<Option<Vec<String>>, ReadError> {
    let lines = fields.may_as(name, |value| {
        if value.is_string() { Ok(vec![fields.value::<Line>(name, value)?]) } else { fields.value::<Vec<Line>>(name, value) }
    })?;
    Ok(lines.map(|lines| lines.iter().map(ToString::to_string).collect()))
}
