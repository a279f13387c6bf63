//! A text as words, in the letters by which words are compared.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeSet;

/// A longer word is cut: nobody types more of it, and each letter is a spelling.
pub(super) const LONGEST_WORD: usize = 30;

/// The most different words kept of a text.
const MOST_WORDS: usize = 200;

/// A text in lower case without accents, letter by letter: å is a, ø is o, ä is æ.
pub(super) fn plain(text: &str) -> String {
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
    pub(super) fn of(plain: &str) -> Self {
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
pub(super) fn split(text: &str) -> Vec<SearchWord> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
