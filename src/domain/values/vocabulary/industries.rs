//! Which occupations are found in which industries.

use crate::domain::values::vocabulary::{
    built_in::{BUILT_IN, OCCUPATIONS},
    term::Term,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str) -> Term {
        Term::parse(text).unwrap()
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
}
