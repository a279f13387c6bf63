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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        testing::{plan, terms},
    };
    use serde_json::json;

    #[test]
    fn the_bytes_of_a_recruitment_with_everything_are_these() {
        let mut terms = terms("W-1", "C-1", "2024-01-08", "2024-04-07", 20.0);
        terms.purpose = read(&json!({"kind": "recruitment", "prospect": {
            "position": "Sælger", "weekly_hours": 18.5, "must_be_able_to": ["Sælge", "Tale \"pænt\""],
            "decision_on": "2024-04-02", "commitment": "Vi ansætter, hvis det går."}}))
        .unwrap();
        terms.tasks = vec![read(&json!("till")).unwrap(), read(&json!("cleaning")).unwrap()];
        terms.hours = plan(&[("2024-01-08", 15.0), ("2024-02-05", 22.25)]);
        terms.decision_on = Some("2024-04-02".parse().unwrap());
        terms.accommodations = Accommodations::Items(vec!["Pauser".into(), "Ingen løft".into()]);
        assert_eq!(
            terms.canonical(),
            r#"{"purpose":{"kind":"recruitment","questions":null,"skills":null,"prospect":{"position":"Sælger","weekly_hours":18.5,"must_be_able_to":["Sælge","Tale \"pænt\""],"decision_on":"2024-04-02","commitment":"Vi ansætter, hvis det går."}},"occupation":"shop","tasks":["till","cleaning"],"place":{"workplace":"W-1","company":"C-1","p_number":"P-W-1","name":"W-1"},"period":{"first":"2024-01-08","last":"2024-04-07"},"hours":[{"from":"2024-01-08","weekly_hours":15.0},{"from":"2024-02-05","weekly_hours":22.25}],"decision_on":"2024-04-02","accommodations":{"items":["Pauser","Ingen løft"]}}"#
        );
    }

    #[test]
    fn a_training_tells_its_skills_and_accommodations_that_are_none_say_which_none() {
        let mut terms = terms("W-1", "C-1", "2024-01-08", "2024-04-07", 20.0);
        terms.purpose = read(&json!({"kind": "training", "skills": [{"skill": "Kasse", "now": 2, "target": 10}]})).unwrap();
        let purpose =
            r#""purpose":{"kind":"training","questions":null,"skills":[{"skill":"Kasse","now":2,"target":10}],"prospect":null}"#;
        assert!(terms.canonical().contains(purpose), "{}", terms.canonical());
        for (accommodations, written) in
            [(Accommodations::Unsettled, "\"unsettled\""), (Accommodations::NoneNeeded, "\"none_needed\"")]
        {
            terms.accommodations = accommodations;
            assert!(terms.canonical().ends_with(&format!("\"decision_on\":null,\"accommodations\":{written}}}")));
        }
    }

    /// The first version that the release 0.1 stored.
    #[test]
    fn a_hash_that_stands_in_a_database_comes_out_the_same_for_ever() {
        let mut terms = terms(
            "019b8d2b-8c00-7730-8cbe-67ee37ea736d",
            "019b8d2b-8c00-7730-8cbe-67edbcfc9c53",
            "2013-01-21",
            "2013-04-21",
            20.0,
        );
        terms.purpose = read(&json!({"kind": "clarification", "questions": ["Kan jeg klare en kontorstilling?"]})).unwrap();
        (terms.place.p_number, terms.place.name) = ("1099000001".into(), "Nærkøb Øst".into());
        terms.accommodations = Accommodations::Items(vec!["No deadlines and no rush hours alone at the till".into()]);
        let hash = terms.hash("019b8d2b-8c00-7730-8cbe-67f967e27d3e", 1);
        assert_eq!(hash, "4d83f1ed8c68b29872ca50f5a737d101075648fbb0ac256f74a4adef8c8c8b0c");
        assert_ne!(hash, terms.hash("019b8d2b-8c00-7730-8cbe-67f967e27d3e", 2), "another version is another hash");
    }

    #[test]
    fn hours_have_two_decimals_and_no_zero_more_than_one() {
        for (minutes, written) in [
            (37 * 60, "37.0"),
            (20 * 60, "20.0"),
            (18 * 60 + 30, "18.5"),
            (18 * 60 + 15, "18.25"),
            (9 * 60 + 45, "9.75"),
            (15, "0.25"),
        ] {
            assert_eq!(hours(minutes), written);
        }
    }

    #[test]
    fn a_string_is_written_as_json_asks_and_otherwise_as_it_stands() {
        for (said, written) in [
            ("Kan jeg?", r#""Kan jeg?""#),
            ("Ærø \u{7f} 😀", "\"Ærø \u{7f} 😀\""),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("a\nb\rc\td", r#""a\nb\rc\td""#),
            ("\u{8}\u{c}", r#""\b\f""#),
            ("\u{0}\u{1f} ", r#""\u0000\u001f ""#),
        ] {
            assert_eq!(text(said), written);
            assert_eq!(serde_json::from_str::<String>(written).unwrap(), said);
        }
    }
}
