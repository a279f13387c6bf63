//! Reads a case: the citizen, the companies, and in their order the events and expectations.

use crate::{
    actions::companies::staff::PlacedGroup,
    domain::{
        people::citizen::{Goal, NeedFacts},
        values::{
            localized::{Localized, localized},
            target_group::TargetGroup,
            text::{FullTime, Line, WeeklyHours},
        },
    },
    replay::{
        format::{Case, CaseCitizen, CaseCompany, CaseWorkplace, CourseFile},
        reading::{
            event::event,
            expectation::expectation,
            fields::{Fields, ReadError},
            moved::moved,
        },
    },
};
use chrono::NaiveDate;
use serde_json::Value;

/// Reads a file.
///
/// # Errors
/// What does not fit, in words that name case, event and field.
pub fn read(text: &str) -> Result<CourseFile, ReadError> {
    courses(&serde_json::from_str(text)?)
}

/// Reads a file that names the day for which it was written (`today`), as if it had been written for another day: all its dates
/// move by whole weeks, so that weekdays stay, and its own day becomes the asked one or the last such weekday before it.
///
/// # Errors
/// As [`read`]; the file names no day of its own.
pub fn read_for(text: &str, today: NaiveDate) -> Result<CourseFile, ReadError> {
    let mut file: Value = serde_json::from_str(text)?;
    let written_for: NaiveDate = Fields::of(&file, "the course file".into())?.must("today")?;
    moved(&mut file, (today - written_for).num_days().div_euclid(7) * 7);
    courses(&file)
}

fn courses(file: &Value) -> Result<CourseFile, ReadError> {
    let fields = Fields::of(file, "the course file".into())?;
    let cases = fields.list("cases", case)?;
    if cases.is_empty() { Err(ReadError::NoCases) } else { Ok(CourseFile { cases }) }
}

fn case(value: &Value, index: usize) -> Result<Case, ReadError> {
    let fields = Fields::of(value, format!("case {index}"))?;
    let name = fields.name("case")?;
    let fields = Fields { place: format!("case {name}"), ..fields };
    let Some(person) = fields.map.get("citizen") else { return fields.wrong("citizen", "is required") };
    let inside = |what: &str, number: usize| format!("{}, {what} {number}", fields.place);
    let mut events = Vec::new();
    for (value, number) in fields.list("events", |value, number| Ok((value.clone(), number)))? {
        let read = event(&Fields::of(&value, inside("event", number))?, &events)?;
        events.push(read);
    }
    Ok(Case {
        about: fields.map.get("about").and_then(about),
        citizen: citizen(&Fields::of(person, format!("case {name}, citizen"))?)?,
        companies: fields.list("companies", |value, number| company(&Fields::of(value, inside("company", number))?))?,
        follow_ups_as_given: fields.may_name("follow_ups")?.as_deref() == Some("as-given"),
        events,
        expected: fields.list("expected", |value, number| expectation(value, inside("expectation", number)))?,
        name,
    })
}

/// What a case is about: in both languages, or in one that then stands for both.
fn about(value: &Value) -> Option<Localized> {
    let in_both = |text: &Value| text.as_str().map(|text| localized(text, text));
    in_both(value).or_else(|| Some(localized(value.get("da")?.as_str()?, value.get("en")?.as_str()?)))
}

fn citizen(fields: &Fields) -> Result<CaseCitizen, ReadError> {
    let group = match fields.map.get("target_group") {
        Some(Value::Number(number)) => fields.value::<TargetGroup>("target_group", &Value::String(number.to_string()))?,
        _ => fields.must("target_group")?,
    };
    let full_time = || WeeklyHours::from_minutes(37 * 60);
    Ok(CaseCitizen {
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

fn company(fields: &Fields) -> Result<CaseCompany, ReadError> {
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
        Ok(CaseWorkplace {
            refs: inner.may_name("ref")?.into_iter().chain(own.clone()).collect(),
            p_number: inner.must("p_number")?,
            name: inner.may("name")?.unwrap_or_else(|| name.clone()),
            ordinary_fte: staff(&inner)?,
        })
    })?;
    if workplaces.is_empty() {
        workplaces.push(CaseWorkplace {
            refs: own.into_iter().collect(),
            p_number: fields.must("p_number")?,
            name: name.clone(),
            ordinary_fte: staff(fields)?,
        });
    }
    Ok(CaseCompany {
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
