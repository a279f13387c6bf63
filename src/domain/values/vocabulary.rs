//! The list of occupations, tasks and accommodations that are compared. Free text beside them is never compared.
//!
//! The built-in list is `config/terms.toml`; a municipality adds its own terms. How near two occupations are is used to order
//! results (S11); a rule that refuses or asks compares keys only.

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    values::localized::{Localized, localized},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};
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
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            faults.add(
                at,
                Fault::not(
                    "term",
                    "et ord fra listen over fag, opgaver og skånehensyn",
                    "a term of the list of occupations, tasks and accommodations",
                ),
            )
        })
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

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    occupation: Vec<TermEntry>,
    task: Vec<TermEntry>,
    accommodation: Vec<TermEntry>,
}

static BUILT_IN: LazyLock<List> =
    LazyLock::new(|| toml::from_str(include_str!("../../../config/terms.toml")).unwrap_or_default());

/// The built-in terms of a kind.
pub fn built_in(kind: TermKind) -> &'static [TermEntry] {
    match kind {
        TermKind::Occupation => &BUILT_IN.occupation,
        TermKind::Task => &BUILT_IN.task,
        TermKind::Accommodation => &BUILT_IN.accommodation,
    }
}

static OCCUPATIONS: LazyLock<HashMap<&Term, &TermEntry>> =
    LazyLock::new(|| BUILT_IN.occupation.iter().map(|entry| (&entry.key, entry)).collect());

/// The built-in occupations of each beginning of an industry code.
static BY_INDUSTRY: LazyLock<HashMap<&str, Vec<&Term>>> = LazyLock::new(|| {
    let mut found: HashMap<&str, Vec<&Term>> = HashMap::new();
    for entry in &BUILT_IN.occupation {
        for prefix in &entry.industries {
            found.entry(prefix).or_default().push(&entry.key);
        }
    }
    found
});

/// Keys and both names of the built-in accommodations.
static ACCOMMODATIONS: LazyLock<HashMap<String, &Term>> = LazyLock::new(|| {
    let names =
        |entry: &'static TermEntry| [entry.key.as_str(), &entry.da, &entry.en].map(|name| (name.to_lowercase(), &entry.key));
    BUILT_IN.accommodation.iter().flat_map(names).collect()
});

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

/// The built-in occupations typically found in an industry: those of the longest beginning of its code that any names.
pub fn occupations_in(industry: &str) -> Vec<&'static Term> {
    let prefixes = (2..=industry.len()).rev().filter_map(|digits| industry.get(..digits));
    prefixes.filter_map(|prefix| BY_INDUSTRY.get(prefix)).next().cloned().unwrap_or_default()
}

/// The beginnings of industry codes in which an occupation is typically found; none of a municipality's own term.
pub fn industries_of(occupation: &Term) -> &'static [String] {
    OCCUPATIONS.get(occupation).map_or(&[], |entry| &entry.industries)
}

/// The trades (divisions, two digits) in which an occupation is typically found, in order.
pub fn trades_of(occupation: &Term) -> Vec<String> {
    let trades: BTreeSet<&str> = industries_of(occupation).iter().filter_map(|prefix| prefix.get(..2)).collect();
    trades.into_iter().map(str::to_owned).collect()
}

/// The built-in accommodation that a need's kind names, by its key or by either of its names; none if it is other free text.
pub fn accommodation_of(kind: &str) -> Option<Term> {
    ACCOMMODATIONS.get(&kind.trim().to_lowercase()).copied().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_industry_has_the_occupations_of_its_longest_known_beginning() {
        let cases: [(&str, &[&str]); 11] = [
            ("471120", &["shop", "supermarket", "warehouse"]),
            ("477190", &["shop"]),
            ("475210", &["shop", "sales"]),
            ("477900", &["second-hand shop"]),
            ("011100", &["farming"]),
            ("016200", &["animal care"]),
            ("960210", &["hairdressing"]),
            ("47", &["shop", "sales"]),
            ("990000", &[]),
            ("4", &[]),
            ("æø", &[]),
        ];
        for (industry, expected) in cases {
            let found: Vec<&str> = occupations_in(industry).into_iter().map(Term::as_str).collect();
            assert_eq!(found, expected, "{industry}");
        }
    }

    #[test]
    fn an_occupation_knows_its_industries_and_trades() {
        assert_eq!(industries_of(&term("bakery")), ["1071", "1072", "4724"]);
        assert_eq!(trades_of(&term("bakery")), ["10", "47"]);
        assert_eq!(trades_of(&term("warehouse")), ["46", "47", "52"]);
        assert!(industries_of(&term("bicycle repair")).is_empty() && trades_of(&term("bicycle repair")).is_empty());
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
