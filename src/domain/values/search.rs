//! Searching by words, the same on both engines: how a name or a text is found, which typing errors are forgiven, and which match
//! comes first.
//!
//! Promise: `Århus Køkken`, `Aarhus Koekken` and `arhus kokken` are the same words, and one typing error in a word of five
//! letters or more (a letter missing, added, wrong, or two swapped) never hides a match. Each word is stored under its spellings:
//! the word, the word with any one letter left out, and its beginnings. Two words that are one error apart always share a
//! spelling, so that the database only looks up spellings; what matches, and how well, is decided here.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeSet;

crate::code_enum! {
    /// What is searched by words.
    pub enum SearchSubject {
        Company = "company" ("virksomheder", "companies"),
        Workplace = "workplace" ("arbejdssteder", "workplaces"),
        Opening = "opening" ("åbninger", "openings"),
    }
}

/// A longer word is cut: nobody types more of it, and each letter is a spelling.
const LONGEST_WORD: usize = 30;
/// The most different words kept of a text.
const MOST_WORDS: usize = 200;
/// Words from this length on are also stored with any one letter left out.
const FORGIVEN_FROM: usize = 4;
/// Two errors are forgiven from this length on.
const TWO_FORGIVEN_FROM: usize = 8;
/// Beginnings are kept from this length to the longest that people type.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 3..=12;
/// Stands after a spelling that is a beginning only. No word has it.
const GOES_ON: char = '*';
/// Legal forms, and other words that occur in so many names that they tell nothing.
const WEAK: &[&str] = &[
    "as", "aps", "is", "ks", "ps", "ivs", "amba", "fmba", "smba", "pmba", "a", "s", "v", "ved", "og", "i", "af", "for", "the",
    "and", "danmark", "denmark",
];

/// A text in lower case without accents, letter by letter: å is a, ø is o, ä is æ.
fn plain(text: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut plain = String::with_capacity(text.len());
    for c in apart.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{308}' if plain.ends_with('a') => {
                plain.pop();
                plain.push('æ');
            }
            '\u{300}'..='\u{36f}' => {}
            'ø' => plain.push('o'),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            'ð' | 'đ' => plain.push('d'),
            'þ' => plain.push_str("th"),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            c => plain.push(c),
        }
    }
    plain
}

/// Two letters that stand for one of the Danish ones are that one: aa is å (and so a), oe is ø (and so o), ae is æ.
fn joined(plain: &str) -> String {
    let mut joined = String::with_capacity(plain.len());
    for c in plain.chars() {
        match (joined.chars().next_back(), c) {
            (Some('a'), 'a') | (Some('o'), 'e') => {}
            (Some('a'), 'e') => {
                joined.pop();
                joined.push('æ');
            }
            (_, c) => joined.push(c),
        }
    }
    joined
}

/// One word as it was typed: in the letters by which words are compared, and letter by letter where that differs, so that
/// an error within `aa`, `ae` or `oe` is one error too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchWord {
    pub joined: String,
    pub plain: Option<String>,
}

impl SearchWord {
    fn of(plain: &str) -> Self {
        let plain: String = plain.chars().take(LONGEST_WORD).collect();
        let joined = joined(&plain);
        Self { plain: (plain != joined).then_some(plain), joined }
    }
    /// Both ways to write it.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.joined.as_str()).chain(self.plain.as_deref())
    }
}

/// The different words of a text, in its order. Single letters with dots or strokes between them are one word: `A/S`, `H.C.`
fn split(text: &str) -> Vec<SearchWord> {
    let text = plain(text);
    let mut words: Vec<String> = Vec::new();
    // Whether the word before is single letters, which a dot or stroke can join.
    let (mut rest, mut letters) = (text.as_str(), false);
    while let Some(begin) = rest.find(char::is_alphanumeric) {
        let (between, from) = rest.split_at(begin);
        let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let single = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if letters && single && matches!(between, "." | "/") => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        (rest, letters) = (after, single);
    }
    let mut seen = BTreeSet::new();
    words.iter().map(|word| SearchWord::of(word)).filter(|word| seen.insert(word.clone())).collect()
}

/// The words by which a text is found.
pub fn words_of(text: &str) -> BTreeSet<String> {
    split(text).iter().take(MOST_WORDS).flat_map(|word| word.forms().map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

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

/// A hit, in the order in which hits are shown: rank, then name, then id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub rank: i64,
    /// The beginning of its name, folded.
    pub name: String,
    pub id: String,
}

/// How many characters of a name decide the order among matches of the same rank; they are part of the cursor.
const ORDERED_BY: usize = 24;

/// What a name is sorted by.
pub fn order_of(name: &str) -> String {
    let words: Vec<String> = split(name).into_iter().map(|word| word.joined).collect();
    words.join(" ").chars().take(ORDERED_BY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        split(text).into_iter().map(|word| word.joined).collect()
    }

    #[test]
    fn a_text_is_found_by_its_words_however_they_are_written() {
        for (text, expected) in [
            ("Århus Køkken", "arhus kokken"),
            ("Aarhus Koekken", "arhus kokken"),
            ("ARHUS kokken", "arhus kokken"),
            ("A\u{30a}rhus Ko\u{308}kken", "arhus kokken"),
            ("Café & Træ ApS", "cafe træ aps"),
            ("Cafe Trae A/S", "cafe træ as"),
            ("Jäger GmbH", "jæger gmbh"),
            ("  I/S Hansen's, v/ Per  ", "is hansen s v per"),
            ("H.C. Andersen A.M.B.A.", "hc andersen amba"),
            ("7-Eleven 24/7", "7 eleven 24"),
            ("Bil-Bil BIL", "bil"),
            ("A.A. Auto", "a auto"),
            ("Straße", "strasse"),
            ("…!?", ""),
            ("Ελλάδα 北京", "ελλαδα 北京"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_word_is_kept_under_its_errors_and_beginnings() {
        let kept = |word: &str| spellings(word).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(kept("as"), "as");
        assert_eq!(kept("bil"), "bil");
        assert_eq!(kept("lyse"), "lse lye lys lys* lyse yse");
        assert!(spellings(&"x".repeat(LONGEST_WORD)).len() < 50);
    }

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
        let rank = |search: &str, name: &str| {
            let (search, words) = (wanted(search), words_of(name));
            let best = |typed: &SearchWord| words.iter().filter_map(|word| matches(typed, word)).min();
            let all = |typed: &[SearchWord]| typed.iter().map(best).collect::<Vec<_>>();
            Wanted::rank(&all(&search.must), &all(&search.may))
        };
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
}
