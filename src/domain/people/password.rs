//! What a password may be.
//!
//! Promise: the same password is the same however a keyboard writes it (RFC 8265, OpaqueString); one that many people use, or that is
//! made of names which everybody here knows, is no password, whatever digits and signs stand around it.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::sync::LazyLock;

/// Words of which passwords are often made, in lower case, sorted: the first few thousand of the lists of Django (BSD-3-Clause) and zxcvbn
/// (MIT), and Danish ones.
static COMMON: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../config/common-passwords.txt").lines().filter(|line| !line.is_empty()).collect());

/// What is left beside names that everybody knows has to be at least as long.
const LEAST_BESIDE_NAMES: usize = 8;
/// Shorter parts of names stand in many words.
const SHORTEST_PART: usize = 4;
/// A password of so few different characters is typed with one finger.
const FEWEST_CHARACTERS: usize = 5;

/// A password in the form in which it is hashed; nothing where it holds what no keyboard writes.
pub fn prepared(text: &str) -> Option<String> {
    let is_space = |c| matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return None;
    }
    let spaced: String = text.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    Some(ComposingNormalizerBorrowed::new_nfc().normalize(&spaced).into_owned())
}

/// Whether somebody who knows the account would guess a password within few tries.
pub fn is_guessable(password: &str, names: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < FEWEST_CHARACTERS || is_common(&lower) || is_made_of_names(&lower, names)
}

/// A word that many use, once or several times, with whatever is no letter around it.
fn is_common(lower: &str) -> bool {
    let word = letters(lower);
    let only = |common: &str| lower.contains(common) && letters(&lower.replace(common, "")).is_empty();
    word.is_empty() || COMMON.binary_search(&lower).is_ok() || COMMON.iter().any(|common| only(common))
}

/// Without what is no letter at its ends.
fn letters(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

fn is_made_of_names(lower: &str, names: &[&str]) -> bool {
    let mut rest = lower.to_owned();
    for name in names {
        for part in name.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
            if part.chars().count() >= SHORTEST_PART {
                rest = rest.replace(part, "");
            }
        }
    }
    rest.len() < lower.len() && rest.chars().filter(|c| c.is_alphanumeric()).count() < LEAST_BESIDE_NAMES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_short() {
        assert!(COMMON.is_sorted() && (2_000..6_000).contains(&COMMON.len()), "{}", COMMON.len());
        assert!(COMMON.iter().all(|word| **word == word.to_lowercase()));
    }

    #[test]
    fn a_password_is_the_same_however_it_is_written() {
        assert_eq!(prepared("Ærø cafe\u{301}").as_deref(), Some("Ærø café"));
        assert_eq!(prepared("a\u{a0}b\u{3000}c d").as_deref(), Some("a b c d"));
        assert_eq!(prepared("Ａ"), Some("Ａ".into()), "nothing else is folded");
        for wrong in ["a\tb", "a\nb", "a\u{0}b", "a\u{2028}b"] {
            assert_eq!(prepared(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_many_use_and_what_is_made_of_names_is_guessed() {
        let names = ["rettematch", "Aalborg Kommune", "mette.madsen@aalborg.dk"];
        for guessed in [
            "adgangskode123",
            "Password1234!",
            "2026Sommer2026",
            "passwordpassword",
            "Velkommen-2026",
            "qwertyuiopå12",
            "123456789012",
            "aaaaaaaaaaaa",
            "ababababab12",
            "Aalborg2026!!",
            "RetteMatch2026",
            "mettemadsen-01",
            "Madsen-Aalborg",
        ] {
            assert!(is_guessable(guessed, &names), "{guessed}");
        }
        for good in [
            "en god lang kode",
            "hest batteri klips",
            "jeg cykler gennem Aalborg",
            "x7Kq-pm42-Lw9z",
            "sommerfugle over vadehavet",
        ] {
            assert!(!is_guessable(good, &names), "{good}");
        }
    }
}
