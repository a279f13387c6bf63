//! What people sign: the canonical bytes of an internship's terms, and the hash that a confirmation binds to (S1).
//!
//! The bytes are written field by field here, apart from what the API shows and from what is stored, so that neither can change
//! what somebody has signed. A hash that stands in a database must come out the same for ever: `tests/data/releases` keeps terms
//! with their bytes and hashes.
//!
//! This is form 1, the only one so far: compact JSON with the fields in the order below. Terms that gain a field need a form 2,
//! used for versions made from then on; versions that are on record keep form 1.

use crate::domain::{
    internships::{
        alignment::{Accommodations, Place, Terms},
        purpose::{Position, Purpose, Skill},
    },
    values::{day::Period, hours::HoursStep},
};
use sha2::{Digest, Sha256};
use std::fmt::{Display, Write};

impl Terms {
    /// SHA-256 over the internship, the number of the version and the canonical bytes, with line breaks between, in hexadecimal.
    pub fn hash(&self, internship: &str, number: i32) -> String {
        let digest = Sha256::digest(format!("{internship}\n{number}\n{}", self.canonical()));
        data_encoding::HEXLOWER.encode(&digest)
    }

    /// The canonical bytes, form 1.
    pub fn canonical(&self) -> String {
        object([
            ("purpose", purpose(&self.purpose)),
            ("occupation", text(self.occupation.as_str())),
            ("tasks", list(&self.tasks, |task| text(task.as_str()))),
            ("place", place(&self.place)),
            ("period", period(&self.period)),
            ("hours", list(self.hours.steps(), step)),
            ("decision_on", optional(self.decision_on.as_ref(), day)),
            ("accommodations", accommodations(&self.accommodations)),
        ])
    }
}

fn purpose(purpose: &Purpose) -> String {
    object([
        ("kind", text(purpose.kind.code())),
        ("questions", optional(purpose.questions.as_ref(), |all| list(all, |question| text(question.as_str())))),
        ("skills", optional(purpose.skills.as_ref(), |all| list(all, skill))),
        ("prospect", optional(purpose.prospect.as_ref(), position)),
    ])
}

fn skill(skill: &Skill) -> String {
    object([
        ("skill", text(skill.skill.as_str())),
        ("now", skill.now.get().to_string()),
        ("target", skill.target.get().to_string()),
    ])
}

fn position(position: &Position) -> String {
    object([
        ("position", text(position.position.as_str())),
        ("weekly_hours", hours(position.weekly_hours.minutes())),
        ("must_be_able_to", list(&position.must_be_able_to, |demand| text(demand.as_str()))),
        ("decision_on", day(&position.decision_on)),
        ("commitment", optional(position.commitment.as_ref(), |words| text(words.as_str()))),
    ])
}

fn place(place: &Place) -> String {
    object([
        ("workplace", text(place.workplace.as_str())),
        ("company", text(place.company.as_str())),
        ("p_number", text(&place.p_number)),
        ("name", text(&place.name)),
    ])
}

fn period(period: &Period) -> String {
    object([("first", day(&period.first)), ("last", day(&period.last))])
}

fn step(step: &HoursStep) -> String {
    object([("from", day(&step.from)), ("weekly_hours", hours(step.weekly_hours.minutes()))])
}

fn accommodations(accommodations: &Accommodations) -> String {
    match accommodations {
        Accommodations::Unsettled => text("unsettled"),
        Accommodations::NoneNeeded => text("none_needed"),
        Accommodations::Items(items) => object([("items", list(items, |item| text(item)))]),
    }
}

fn object<const N: usize>(fields: [(&str, String); N]) -> String {
    let fields = fields.map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", fields.join(","))
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(","))
}

fn optional<T>(value: Option<&T>, write: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "null".to_owned(), write)
}

fn day(day: &impl Display) -> String {
    format!("\"{day}\"")
}

/// Hours a week with two decimals, zeros at the end left out but for the first: `20.0`, `18.5`, `18.25`.
fn hours(minutes: i64) -> String {
    let hundredths = minutes * 100 / 60;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest % 10 == 0 { format!("{whole}.{}", rest / 10) } else { format!("{whole}.{rest:02}") }
}

/// A string of JSON: quotation marks, backslashes and control characters are escaped, everything else stands as it is.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // Writing to a string does not fail.
            c if c < ' ' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
