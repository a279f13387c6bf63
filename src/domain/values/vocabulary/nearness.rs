//! How near two occupations are.

use crate::domain::values::vocabulary::{
    built_in::OCCUPATIONS,
    term::{Term, TermEntry},
};

crate::code_enum! {
    /// How near an occupation lies to a goal; the nearest is the least.
    pub enum Nearness {
        Same = "same" ("samme fag", "the same occupation"),
        /// Named near it in the list, or of the same minor group (three digits) of ISCO-08.
        Near = "near" ("nært fag", "a near occupation"),
        /// Of the same sub-major group (two digits) of ISCO-08.
        Kindred = "kindred" ("beslægtet fag", "a kindred occupation"),
        None = "none" ("andet fag", "another occupation"),
    }
}

/// How near an occupation is to a goal. A municipality's own term is near itself only, because nobody has classified it.
pub fn nearness(goal: &Term, occupation: &Term) -> Nearness {
    if goal == occupation {
        return Nearness::Same;
    }
    let (Some(one), Some(other)) = (OCCUPATIONS.get(goal), OCCUPATIONS.get(occupation)) else { return Nearness::None };
    let shares = |digits: usize| {
        let group = |entry: &'static TermEntry| entry.isco.as_deref().and_then(|code| code.get(..digits));
        group(one).is_some_and(|group_of_one| Some(group_of_one) == group(other))
    };
    if one.near.contains(occupation) || shares(3) {
        Nearness::Near
    } else if shares(2) {
        Nearness::Kindred
    } else {
        Nearness::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::vocabulary::{built_in::built_in, term::TermKind};

    fn term(text: &str) -> Term {
        Term::parse(text).unwrap()
    }

    #[test]
    fn the_built_in_list_is_readable_and_nearness_goes_both_ways() {
        for (kind, at_least) in [(TermKind::Occupation, 40), (TermKind::Task, 40), (TermKind::Accommodation, 20)] {
            let list = built_in(kind);
            assert!(list.len() >= at_least, "{kind}");
            for entry in list {
                assert_eq!(list.iter().filter(|other| other.key == entry.key).count(), 1, "{}", entry.key);
                for near in &entry.near {
                    let other = list.iter().find(|other| other.key == *near).unwrap();
                    assert!(other.near.contains(&entry.key), "{} ~ {near}", entry.key);
                }
            }
        }
    }

    #[test]
    fn an_occupation_is_near_by_the_list_and_by_isco_and_never_by_chance() {
        let cases = [
            ("office", "office", Nearness::Same),
            ("bicycle repair", "bicycle repair", Nearness::Same),
            ("office", "bookkeeping", Nearness::Near),                   // named
            ("kitchen", "bakery", Nearness::Near),                       // named, though 94 and 75
            ("archive", "library", Nearness::Near),                      // named and 441
            ("day care", "school assistant", Nearness::Near),            // 531
            ("home care", "hospital service", Nearness::Near),           // 532, and not named
            ("service technician", "sports facilities", Nearness::Near), // 515, and not named
            ("warehouse", "factory", Nearness::Kindred),                 // 93
            ("cleaning", "laundry", Nearness::Kindred),                  // 91
            ("care", "after-school club", Nearness::Kindred),            // 53
            ("office", "warehouse", Nearness::None),
            ("painting", "hairdressing", Nearness::None),
            ("office", "office in the cellar", Nearness::None),
            ("bicycle repair", "bicycle workshop", Nearness::None),
        ];
        for (goal, occupation, expected) in cases {
            assert_eq!(nearness(&term(goal), &term(occupation)), expected, "{goal} - {occupation}");
            assert_eq!(nearness(&term(occupation), &term(goal)), expected, "{occupation} - {goal}");
        }
        assert!(Nearness::Same < Nearness::Near && Nearness::Near < Nearness::Kindred && Nearness::Kindred < Nearness::None);
    }
}
