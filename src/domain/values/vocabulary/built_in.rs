//! The built-in list, `config/terms.toml`.

use crate::domain::values::{
    localized::{Localized, localized},
    vocabulary::term::{Term, TermEntry, TermKind},
};
use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermLists {
    pub(super) occupation: Vec<TermEntry>,
    task: Vec<TermEntry>,
    accommodation: Vec<TermEntry>,
}

pub(super) static BUILT_IN: LazyLock<TermLists> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../config/terms.toml")).unwrap_or_default());

/// The built-in terms of a kind.
pub fn built_in(kind: TermKind) -> &'static [TermEntry] {
    match kind {
        TermKind::Occupation => &BUILT_IN.occupation,
        TermKind::Task => &BUILT_IN.task,
        TermKind::Accommodation => &BUILT_IN.accommodation,
    }
}

/// A term as people read it: its name in the built-in list, else as it was added.
pub fn label_of(kind: TermKind, term: &Term) -> Localized {
    let entry = built_in(kind).iter().find(|entry| entry.key == *term);
    entry.map_or_else(
        || localized(term.as_str(), term.as_str()),
        |entry| localized(entry.da.to_lowercase(), entry.en.to_lowercase()),
    )
}

pub(super) static OCCUPATIONS: LazyLock<HashMap<&Term, &TermEntry>> =
    LazyLock::new(|| BUILT_IN.occupation.iter().map(|entry| (&entry.key, entry)).collect());

/// Keys and both names of the built-in accommodations.
static ACCOMMODATIONS: LazyLock<HashMap<String, &Term>> = LazyLock::new(|| {
    let names =
        |entry: &'static TermEntry| [entry.key.as_str(), &entry.da, &entry.en].map(|name| (name.to_lowercase(), &entry.key));
    BUILT_IN.accommodation.iter().flat_map(names).collect()
});

/// The built-in accommodation that a need's kind names, by its key or by either of its names; none if it is other free text.
pub fn accommodation_of(kind: &str) -> Option<Term> {
    ACCOMMODATIONS.get(&kind.trim().to_lowercase()).copied().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// ISCO-08 (ILO 2012): each minor group, and the last digits of its unit groups.
    const ISCO: &str = "
        011:0 021:0 031:0
        111:1234 112:0 121:1239 122:123 131:12 132:1234 133:0 134:1234569 141:12 142:0 143:19
        211:1234 212:0 213:123 214:1234569 215:123 216:123456 221:12 222:12 223:0 224:0 225:0 226:12345679 231:0 232:0 233:0
        234:12 235:1234569 241:123 242:1234 243:1234 251:12349 252:1239 261:129 262:12 263:123456 264:123 265:1234569
        311:123456789 312:123 313:123459 314:123 315:12345 321:1234 322:12 323:0 324:0 325:123456789 331:12345 332:1234
        333:12349 334:1234 335:123459 341:123 342:123 343:12345 351:1234 352:12
        411:0 412:0 413:12 421:1234 422:12345679 431:123 432:123 441:1234569
        511:123 512:0 513:12 514:12 515:123 516:123459 521:12 522:123 523:0 524:1234569 531:12 532:129 541:12349
        611:1234 612:1239 613:0 621:0 622:1234 631:0 632:0 633:0 634:0
        711:123459 712:1234567 713:123 721:12345 722:1234 723:1234 731:123456789 732:123 741:123 742:12 751:123456 752:123
        753:123456 754:12349
        811:1234 812:12 813:12 814:123 815:12345679 816:0 817:12 818:1239 821:129 831:12 832:12 833:12 834:1234 835:0
        911:12 912:1239 921:123456 931:123 932:19 933:1234 941:12 951:0 952:0 961:123 962:12349";

    #[test]
    fn each_occupation_has_a_unit_group_of_isco_and_industries() {
        let known: BTreeSet<String> = ISCO
            .split_whitespace()
            .filter_map(|group| group.split_once(':'))
            .flat_map(|(group, last)| last.chars().map(move |last| format!("{group}{last}")))
            .collect();
        assert_eq!(known.len(), 436);
        for entry in built_in(TermKind::Occupation) {
            assert!(known.contains(entry.isco.as_deref().unwrap()), "{}: {:?}", entry.key, entry.isco);
            assert!(!entry.industries.is_empty(), "{}", entry.key);
            for prefix in &entry.industries {
                // The divisions of NACE from agriculture to international organisations.
                let division: u32 = prefix.get(..2).unwrap().parse().unwrap();
                assert!((1..=99).contains(&division), "{}: {prefix}", entry.key);
                assert!((2..=6).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_digit()), "{}: {prefix}", entry.key);
            }
        }
        for kind in [TermKind::Task, TermKind::Accommodation] {
            assert!(built_in(kind).iter().all(|entry| entry.isco.is_none() && entry.industries.is_empty()));
        }
    }

    #[test]
    fn a_need_names_an_accommodation_by_its_key_or_either_name() {
        let cases = [
            ("pace", Some("pace")),
            ("lifting", Some("lifting")),
            ("hours", Some("hours")),
            ("predictability", Some("predictability")),
            ("support", Some("support")),
            ("  Roligt Tempo ", Some("pace")),
            ("ÉN OPGAVE AD GANGEN", Some("one task at a time")),
            ("No heavy lifting", Some("lifting")),
            ("Slidgigt i ryggen", None),
            ("heavy lifting", None), // a task, no accommodation
            ("", None),
        ];
        for (kind, expected) in cases {
            assert_eq!(accommodation_of(kind).as_ref().map(Term::as_str), expected, "{kind}");
        }
        // No name stands for two.
        assert!(ACCOMMODATIONS.iter().all(|(name, key)| {
            let named =
                |entry: &&TermEntry| [entry.key.as_str(), &entry.da, &entry.en].iter().any(|own| own.to_lowercase() == *name);
            built_in(TermKind::Accommodation).iter().filter(named).all(|entry| entry.key == **key)
        }));
    }
}
