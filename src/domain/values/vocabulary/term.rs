//! A term by its key, and with its names.

use crate::domain::input::{Faults, Field, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

crate::code_enum! {
    /// What a term names.
    pub enum TermKind {
        Occupation = "occupation" ("fag", "occupation"),
        Task = "task" ("opgave", "task"),
        Accommodation = "accommodation" ("skånehensyn", "accommodation"),
    }
}

/// The key of a term, compared trimmed and in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 100, pattern = "\\S", examples("shop"))]
pub struct Term(String);

impl Term {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        (!text.is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control)).then_some(Self(text))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Field for Term {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        faults.parsed(
            value,
            at,
            Self::parse,
            "term",
            ("et ord fra listen over fag, opgaver og skånehensyn", "a term of the list of occupations, tasks and accommodations"),
        )
    }
}

/// A term with its names.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermEntry {
    pub key: Term,
    pub da: String,
    pub en: String,
    /// Keys of kindred terms; never compared by a rule that refuses.
    pub near: Vec<Term>,
    /// Of an occupation in the built-in list: its unit group in ISCO-08 (DISCO-08), four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}$", examples("4110"))]
    pub isco: Option<String>,
    /// Of an occupation in the built-in list: the beginnings of the industry codes (DB07) in which it is typically found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industries: Vec<String>,
}

impl TermEntry {
    /// A term that a municipality has added: it is near nothing else.
    pub const fn own(key: Term, da: String, en: String) -> Self {
        Self { key, da, en, near: Vec::new(), isco: None, industries: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn a_term_is_compared_trimmed_and_in_lower_case() {
        let (hundred, more) = ("ø".repeat(100), "ø".repeat(101));
        for (text, term) in [
            (" Second-Hand Shop ", Some("second-hand shop")),
            ("PLEJE OG ØVELSER", Some("pleje og øvelser")),
            (&hundred, Some(hundred.as_str())),
            (&more, None),
            ("", None),
            ("  ", None),
            ("to\nlinjer", None),
        ] {
            let parsed = Term::parse(text);
            assert_eq!(parsed.as_ref().map(Term::as_str), term, "{text}");
            assert_eq!(parsed.map(|term| term.to_string()).as_deref(), term, "{text}");
            assert_eq!(read::<Term>(&json!(text)).ok().as_ref().map(Term::as_str), term, "{text}");
        }
    }

    #[test]
    fn a_municipalitys_own_term_is_near_nothing() {
        let own = TermEntry::own(Term::parse("own dog").unwrap(), "Egen hund".into(), "Own dog".into());
        assert_eq!((own.da.as_str(), own.en.as_str()), ("Egen hund", "Own dog"));
        assert!(own.near.is_empty() && own.isco.is_none() && own.industries.is_empty());
    }
}
