//! The citizen who seeks.

use crate::domain::{
    companies::opening::{Language, TimeOfDay},
    matching::reach::Reach,
    people::citizen::NeedFacts,
    values::{
        geo::Placed,
        text::{WeeklyHours, folded},
        vocabulary::{Term, TermEntry, accommodation_of},
    },
};

/// What is known of the citizen who seeks. No name, no number.
#[derive(Clone, Debug)]
pub struct Seeker {
    /// Occupations of the citizen's own goals (S11).
    pub goals: Vec<Term>,
    /// Accommodations needed, of those that the list knows (S3).
    pub needs: Vec<Term>,
    /// Needs in words that the list does not know: not compared.
    pub other_needs: usize,
    /// Tasks that a need rules out (S10).
    pub ruled_out: Vec<Term>,
    /// Hours a week agreed with the citizen (S10).
    pub capacity: Option<WeeklyHours>,
    pub home: Placed,
    pub reach: Reach,
    /// Spoken; empty: not asked.
    pub languages: Vec<Language>,
    /// When in the day the citizen can work; empty: any time.
    pub times: Vec<TimeOfDay>,
    /// P-numbers where the citizen knows somebody (S13).
    pub network: Vec<String>,
}

/// The accommodations that needs ask for: those in the list, built in or the municipality's own, and how many are in other
/// words. An own one is known by its key and its names.
pub fn accommodations_of<'n>(needs: impl Iterator<Item = &'n NeedFacts>, own: &[TermEntry]) -> (Vec<Term>, usize) {
    let named = |kind: &str| {
        let kind = folded(kind);
        let is = |entry: &&TermEntry| [entry.key.as_str(), &entry.da, &entry.en].iter().any(|name| folded(name) == kind);
        own.iter().find(is).map(|entry| entry.key.clone())
    };
    let (mut listed, mut other) = (Vec::new(), 0);
    for need in needs {
        match accommodation_of(need.kind.as_str()).or_else(|| named(need.kind.as_str())) {
            Some(term) if !listed.contains(&term) => listed.push(term),
            Some(_) => {}
            None => other += 1,
        }
    }
    (listed, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn a_need_is_known_by_the_key_or_a_name_of_a_term_built_in_or_own() {
        let own = [TermEntry::own(Term::parse("own dog").unwrap(), "Egen hund med".into(), "Own dog along".into())];
        let needs: Vec<NeedFacts> = [" PACE ", "pace", "egen hund med", "Own Dog", "noget andet"]
            .map(|kind| read(&json!({"kind": kind, "function": "x", "rules_out": []})).unwrap())
            .into();
        let (listed, other) = accommodations_of(needs.iter(), &own);
        assert_eq!(listed.iter().map(Term::as_str).collect::<Vec<_>>(), ["pace", "own dog"]);
        assert_eq!(other, 1);
    }
}
