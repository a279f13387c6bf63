//! The list of occupations and tasks that rules compare. Free text stands beside them and is never compared.
//!
//! The built-in list is `config/terms.toml`; a municipality adds its own.

use crate::domain::{
    form::{Fault, Faults, Field, Pointer},
    said::{Said, said},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;
use utoipa::ToSchema;

crate::words! {
    /// What a term names.
    pub enum TermKind {
        Occupation = "occupation" ("fag", "occupation"),
        Task = "task" ("opgave", "task"),
    }
}

/// The key of a term, compared trimmed and in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            faults.add(
                at,
                Fault::not("term", "et ord fra listen over fag og opgaver", "a term of the list of occupations and tasks"),
            )
        })
    }
}

/// A term as people read it: its name in the built-in list, else as it was added.
pub fn said_of(kind: TermKind, term: &Term) -> Said {
    let entry = built_in(kind).iter().find(|entry| entry.key == *term);
    entry.map_or_else(|| said(term.as_str(), term.as_str()), |entry| said(entry.da.to_lowercase(), entry.en.to_lowercase()))
}

/// A term with its names.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub key: Term,
    pub da: String,
    pub en: String,
    /// Keys of kindred terms; never compared by a rule that refuses.
    pub near: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    occupation: Vec<Entry>,
    task: Vec<Entry>,
}

static BUILT_IN: LazyLock<List> = LazyLock::new(|| {
    toml::from_str(include_str!("../../config/terms.toml")).unwrap_or(List { occupation: Vec::new(), task: Vec::new() })
});

/// The built-in terms of a kind.
pub fn built_in(kind: TermKind) -> &'static [Entry] {
    match kind {
        TermKind::Occupation => &BUILT_IN.occupation,
        TermKind::Task => &BUILT_IN.task,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_is_readable_and_nearness_goes_both_ways() {
        for kind in TermKind::ALL {
            let list = built_in(*kind);
            assert!(list.len() > 40);
            for entry in list {
                for near in &entry.near {
                    let other = list.iter().find(|other| other.key == *near).unwrap();
                    assert!(other.near.contains(&entry.key), "{} ~ {near}", entry.key);
                }
            }
        }
    }
}
