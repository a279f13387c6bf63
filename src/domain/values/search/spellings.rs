//! The spellings that a word is kept under and looked up by.

use crate::domain::values::search::words::SearchWord;
use std::collections::BTreeSet;

/// Words from this length on are also stored with any one letter left out.
pub(super) const FORGIVEN_FROM: usize = 4;

/// Beginnings are kept from this length to the longest that people type.
pub(super) const BEGINNINGS: std::ops::RangeInclusive<usize> = 3..=12;

/// Stands after a spelling that is a beginning only. No word has it.
pub(super) const GOES_ON: char = '*';

/// Everything that a word is kept under.
pub fn spellings(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let beginnings = BEGINNINGS.filter(|length| *length < letters.len());
    let mut all: BTreeSet<String> =
        beginnings.map(|length| letters.iter().take(length).chain([&GOES_ON]).collect::<String>()).collect();
    all.extend(misspellings(word));
    all
}

/// A word and what one letter left out makes of it: two words that are one error apart share one of these.
fn misspellings(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = BTreeSet::from([word.to_owned()]);
    if letters.len() >= FORGIVEN_FROM {
        let without = |left_out: usize| letters.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, c)| c).collect();
        all.extend((0..letters.len()).map(without));
    }
    all
}

/// The spellings to look up for everything that a typed word can mean.
pub fn looked_up(typed: &SearchWord) -> BTreeSet<String> {
    let beginning = |form: &str| BEGINNINGS.contains(&form.chars().count()).then(|| format!("{form}{GOES_ON}"));
    typed.forms().flat_map(|form| misspellings(form).into_iter().chain(beginning(form))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::search::words::LONGEST_WORD;

    #[test]
    fn a_word_is_kept_under_its_errors_and_beginnings() {
        let kept = |word: &str| spellings(word).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(kept("as"), "as");
        assert_eq!(kept("bil"), "bil");
        assert_eq!(kept("lyse"), "lse lye lys lys* lyse yse");
        assert!(spellings(&"x".repeat(LONGEST_WORD)).len() < 50);
    }
}
