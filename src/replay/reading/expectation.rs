//! Reads an expectation.

use crate::{
    domain::values::text::Line,
    replay::{
        format::{Expectation, ExpectationKind},
        reading::fields::{Fields, ReadError},
    },
};
use serde_json::Value;

pub(super) fn expectation(value: &Value, place: String) -> Result<Expectation, ReadError> {
    let fields = &Fields::of(value, place)?;
    let has = |name: &str| fields.map.contains_key(name);
    let about = || fields.may_name("about");
    let claim = if has("flag") {
        ExpectationKind::Flag {
            rule: fields.name("flag")?,
            about: about()?,
            level: fields.may("level")?,
            by: fields.may("by")?,
            not_before: fields.may("not_before")?,
            told: words(fields, "told")?.unwrap_or_default(),
        }
    } else if has("cleared") {
        ExpectationKind::Cleared { rule: fields.name("cleared")?, about: about()?, by: fields.may("by")? }
    } else if has("refused") || has("asked") {
        let name = if has("asked") { "asked" } else { "refused" };
        ExpectationKind::Refused {
            rule: fields.name(name)?,
            asked: has("asked"),
            on: fields.may("on")?,
            missing: words(fields, "missing")?,
        }
    } else if has("never") {
        ExpectationKind::Never { rule: fields.name("never")?, about: about()? }
    } else if let Some(letters) = fields.map.get("letters") {
        let inner = Fields::of(letters, format!("{}: letters", fields.place))?;
        let count = inner.map.get("count").and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let Some(count) = count else { return inner.wrong("count", "must be a whole number") };
        ExpectationKind::Letters { to: inner.may_name("to")?, rule: inner.may_name("rule")?, count }
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
