//! Whether a word is meant by a typed one, and how well a name matches a search.

use crate::domain::values::search::{
    spellings::{BEGINNINGS, FORGIVEN_FROM},
    words::{SearchWord, split, words_of},
};

/// Two errors are forgiven from this length on.
const TWO_FORGIVEN_FROM: usize = 8;

/// Legal forms, and other words that occur in so many names that they tell nothing.
const WEAK: &[&str] = &[
    "as", "aps", "is", "ks", "ps", "ivs", "amba", "fmba", "smba", "pmba", "a", "s", "v", "ved", "og", "i", "af", "for", "the",
    "and", "danmark", "denmark",
];

/// How far a word that stands somewhere is from a typed one; the nearer, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchMatch {
    Exact,
    /// The typed word is its beginning.
    Begins,
    /// So many typing errors.
    Errors(u8),
}

/// Whether a word can be meant by a typed one.
pub fn matches(typed: &SearchWord, word: &str) -> Option<SearchMatch> {
    typed.forms().filter_map(|form| compare(form, word)).min()
}

fn compare(typed: &str, word: &str) -> Option<SearchMatch> {
    if typed == word {
        return Some(SearchMatch::Exact);
    }
    let length = typed.chars().count();
    if BEGINNINGS.contains(&length) && word.starts_with(typed) {
        return Some(SearchMatch::Begins);
    }
    let forgiven = match length {
        TWO_FORGIVEN_FROM.. => 2,
        FORGIVEN_FROM.. => 1,
        _ => 0,
    };
    let errors = u8::try_from(strsim::damerau_levenshtein(typed, word)).unwrap_or(u8::MAX);
    (errors <= forgiven).then_some(SearchMatch::Errors(errors))
}

/// The words of a search: those that a hit must have, and those that only put it further up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub must: Vec<SearchWord>,
    pub may: Vec<SearchWord>,
}

/// The most words searched for.
const MOST_WANTED: usize = 8;

/// The words to search for. Weak words are required only if there are no others.
pub fn wanted(text: &str) -> Wanted {
    let (may, must): (Vec<SearchWord>, Vec<SearchWord>) =
        split(text).into_iter().take(MOST_WANTED).partition(|word| WEAK.contains(&word.joined.as_str()));
    if must.is_empty() { Wanted { must: may, may: must } } else { Wanted { must, may } }
}

impl Wanted {
    /// The rank of a name; nothing where it lacks a required word.
    pub fn rank_of(&self, name: &str) -> Option<i64> {
        let words = words_of(name);
        let best = |typed: &SearchWord| words.iter().filter_map(|word| matches(typed, word)).min();
        let all = |typed: &[SearchWord]| typed.iter().map(best).collect::<Vec<_>>();
        Self::rank(&all(&self.must), &all(&self.may))
    }

    /// The rank of a match by how well each word matches (smaller is better), or nothing if a required word is missing. First
    /// come matches of every word as typed, then of beginnings, then with typing errors.
    pub fn rank(must: &[Option<SearchMatch>], may: &[Option<SearchMatch>]) -> Option<i64> {
        let cost = |found: Option<SearchMatch>| match found {
            Some(SearchMatch::Exact) => 0,
            Some(SearchMatch::Begins) => 1,
            Some(SearchMatch::Errors(errors)) => 1 + i64::from(errors),
            None => 2,
        };
        let must = must.iter().map(|found| found.map(|found| cost(Some(found)))).collect::<Option<Vec<i64>>>()?;
        let worst = must.iter().max().copied().unwrap_or_default();
        let weak: i64 = may.iter().map(|found| cost(*found)).sum();
        Some(worst * 10_000 + must.iter().sum::<i64>() * 100 + weak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::search::{
        spellings::{GOES_ON, looked_up, spellings},
        words::{LONGEST_WORD, plain, words_of},
    };
    use proptest::prelude::*;

    #[test]
    fn what_is_meant_by_a_typed_word() {
        for (typed, word, expected) in [
            ("køkken", "kokken", Some(SearchMatch::Exact)),
            ("køk", "kokken", Some(SearchMatch::Begins)),
            ("kø", "kokken", None),
            ("kokkne", "kokken", Some(SearchMatch::Errors(1))),
            ("kokke", "kokken", Some(SearchMatch::Begins)),
            ("okken", "kokken", Some(SearchMatch::Errors(1))),
            ("kokkenn", "kokken", Some(SearchMatch::Errors(1))),
            ("kakken", "kokken", Some(SearchMatch::Errors(1))),
            ("kakkon", "kokken", None),
            ("restuarnt", "restaurant", Some(SearchMatch::Errors(2))),
            ("bil", "bal", None),
            ("aqarhus", "aarhus", Some(SearchMatch::Errors(1))),
        ] {
            let typed = SearchWord::of(&plain(typed));
            assert_eq!(matches(&typed, word), expected, "{typed:?} {word}");
        }
    }

    #[test]
    fn hits_stand_in_the_order_a_person_expects() {
        let rank = |search: &str, name: &str| wanted(search).rank_of(name);
        let mut hits: Vec<(i64, &str)> =
            ["Netto Køge ApS", "Netto Køge", "Nettobutik Køge ApS", "Neto Køge", "Netto Ringsted ApS"]
                .into_iter()
                .filter_map(|name| Some((rank("netto køge aps", name)?, name)))
                .collect();
        hits.sort();
        let names: Vec<&str> = hits.iter().map(|(_, name)| *name).collect();
        // "Neto" is one error from "Netto"; Ringsted is not Køge.
        assert_eq!(names, ["Netto Køge ApS", "Netto Køge", "Nettobutik Køge ApS", "Neto Køge"]);
        assert!(rank("A/S", "Havnens Smede A/S").is_some(), "only weak words: then they count");
        assert!(rank("Havnens A/S", "Havnens Smede ApS").is_some(), "a weak word may be another");
    }

    /// One typing error at a place.
    fn mistyped(word: &str, kind: u8, at: usize, letter: char) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % letters.len();
        match kind {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letter),
            2 => letters[at] = letter,
            _ => letters.swap(at, (at + 1) % word.chars().count().max(1)),
        }
        letters.into_iter().collect()
    }

    proptest! {
        #[test]
        fn one_typing_error_never_hides_a_word(
            word in "[a-zæøåéä]{5,32}", kind in 0u8..4, at in 0usize..40, letter in "[a-zæøåé]"
        ) {
            let length = word.chars().count();
            // The last and the first letter do not change places.
            prop_assume!(kind != 3 || at % length + 1 < length);
            let typed = mistyped(&word, kind, at, letter.chars().next().unwrap());
            let typed = SearchWord::of(&plain(&typed));
            // Cut to the same length, an error near the end can be no error at all.
            let stands = words_of(&word);
            let found = stands.iter().any(|word| {
                matches(&typed, word).is_some() && !spellings(word).is_disjoint(&looked_up(&typed))
            });
            prop_assert!(found, "{typed:?} is not found by {stands:?}");
        }

        #[test]
        fn whatever_matches_shares_a_spelling(typed in "[a-d]{1,7}", word in "[a-d]{1,8}") {
            let (typed, stands) = (SearchWord::of(&typed), SearchWord::of(&word));
            for word in stands.forms().filter(|word| matches(&typed, word).is_some()) {
                prop_assert!(!spellings(word).is_disjoint(&looked_up(&typed)), "{typed:?} {word}");
            }
        }

        #[test]
        fn any_text_is_split_into_words_that_stay_what_they_are(text in ".{0,80}") {
            for word in split(&text) {
                prop_assert!(!word.joined.is_empty() && word.joined.chars().count() <= LONGEST_WORD);
                prop_assert!(!word.joined.contains(GOES_ON) && !word.joined.contains(char::is_whitespace));
            }
        }
    }

    #[test]
    fn the_worst_word_counts_most_then_all_of_them_then_the_weak_ones() {
        use SearchMatch::{Begins, Errors, Exact};
        for (must, may, rank) in [
            (&[Some(Exact), Some(Exact)][..], &[][..], Some(0)),
            (&[Some(Exact)], &[Some(Exact), Some(Begins), None], Some(3)),
            (&[Some(Exact), Some(Begins)], &[], Some(10_100)),
            (&[Some(Begins), Some(Begins)], &[None], Some(10_202)),
            (&[Some(Errors(1)), Some(Exact)], &[], Some(20_200)),
            (&[Some(Errors(2)), Some(Begins)], &[], Some(30_400)),
            (&[Some(Exact), None], &[], None),
        ] {
            assert_eq!(Wanted::rank(must, may), rank, "{must:?} {may:?}");
        }
    }
}
